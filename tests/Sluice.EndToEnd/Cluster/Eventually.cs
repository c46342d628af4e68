using System.Diagnostics;

namespace Sluice.EndToEnd.Cluster;

/// <summary>Waits for what must come true within a time that is promised.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> TrueAsync(TimeSpan limit, Func<Task<bool>> isTrue, Func<string> otherwise)
    {
        var clock = Stopwatch.StartNew();
        while (!await isTrue())
        {
            Assert.True(clock.Elapsed < limit, $"Not within {limit.TotalSeconds} s: {otherwise()}");
            await Task.Delay(Pause);
        }

        return clock.Elapsed;
    }

    public static Task<TimeSpan> TrueAsync(TimeSpan limit, Func<bool> isTrue, Func<string> otherwise) => TrueAsync(limit, () => Task.FromResult(isTrue()), otherwise);
}
