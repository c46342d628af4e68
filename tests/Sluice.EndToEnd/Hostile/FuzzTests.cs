using System.Diagnostics;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Hostile;

/// <summary>Fifty thousand damaged requests, many at a time, to a real server: no 5xx, no answer that takes long, no memory that grows, nothing lost.</summary>
[Collection(AloneCollection.Name)]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int WarmUp = 10_000, Requests = 50_000, Attackers = 24;

    /// <summary>What the second part may add, in MiB: its events are indexed in memory, and the collector frees when it likes.</summary>
    private const int MemoryGrowth = 96;

    [Fact]
    public async Task No_input_makes_it_fail_hang_or_grow()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}");
        using var folder = new DataFolder();
        await using var server = await SluiceProcess.StartAsync(folder.Path);
        var clock = Stopwatch.StartNew();
        var attacks = Enumerable.Range(0, Attackers).Select(at => new Attack(server.Client, seed + (1_000 * at))).ToList();

        await RunAsync(attacks, WarmUp);
        var before = server.Memory;
        await RunAsync(attacks, Requests - WarmUp);
        var after = server.Memory;

        Report(attacks, clock.Elapsed, before, after);
        Assert.InRange(after.Now, 1, before.Now + MemoryGrowth);
        Assert.Equal(attacks.Sum(attack => attack.Accepted), await server.Client.SizeAsync());
        Assert.Equal(attacks.Sum(attack => attack.Accepted), await StoredAsync(server.Client));
        Assert.DoesNotContain("fail:", server.Output, StringComparison.Ordinal);
        Assert.Equal(0, await server.StopAsync());
        await VerifyCommandRun.IsCleanAsync(folder.Path);
    }

    private static Task RunAsync(List<Attack> attacks, int requests) =>
        Task.WhenAll(attacks.Select(attack => Task.Run(() => attack.RunAsync((requests + Attackers - 1) / Attackers))));

    private static async Task<long> StoredAsync(SluiceClient client)
    {
        var stored = 0L;
        await foreach (var one in client.ExportAsync(-1)) Assert.Equal(stored++, (long)one["sequence"]!);
        return stored;
    }

    private void Report(List<Attack> attacks, TimeSpan time, ProcessMemory before, ProcessMemory after)
    {
        var statuses = attacks.SelectMany(attack => attack.Statuses).GroupBy(one => one.Key).OrderBy(one => one.Key).Select(one => $"{one.Key}: {one.Sum(status => status.Value)}");
        output.WriteLine($"{string.Join(", ", statuses)}; {attacks.Sum(attack => attack.Accepted)} events stored");
        output.WriteLine($"{time.TotalSeconds:F0} s, slowest answer {attacks.Max(attack => attack.Slowest).TotalMilliseconds:F0} ms; {before.Now} MiB after the warm-up, {after.Now} MiB in the end, {after.Most} MiB at most");
    }
}
