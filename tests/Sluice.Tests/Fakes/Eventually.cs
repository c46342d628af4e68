namespace Sluice.Tests.Fakes;

/// <summary>Waits for what another task brings about, with a bound that only a broken program reaches.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Bound) throw new TimeoutException("It never came about.");
            await Task.Delay(Pause);
        }
    }

    public static Task TrueAsync(Func<bool> condition) => TrueAsync(condition, () => { });

    /// <param name="meanwhile">Runs before each look.</param>
    public static async Task TrueAsync(Func<bool> condition, Action meanwhile)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Bound) throw new TimeoutException("It never came about.");
            meanwhile();
            await Task.Delay(Pause);
        }
    }
}
