using System.Diagnostics;
using Sluice.Benchmarks.Parts;
using Sluice.Benchmarks.Processes;
using Sluice.Benchmarks.Receiving;
using Sluice.Benchmarks.Sending;

namespace Sluice.Benchmarks.Crowds;

/// <summary>
/// A server with a crowd of destinations under steady load. Phases without and with the bad ones take turns, so that what the machine does otherwise falls on
/// both; each begins with a while that is not measured.
/// </summary>
internal sealed class CrowdRun : IDisposable
{
    public const int Rate = 5_000;

    private const int PerRequest = 10, Connections = 16;
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    private readonly BenchmarkRun _run;
    private readonly CrowdReceiver _receiver = new();
    private readonly SluiceServer _server;
    private readonly IReadOnlyList<CrowdDestination> _healthy;
    private readonly List<string> _bad = [];

    private CrowdRun(BenchmarkRun run, SluiceServer server, bool onlyAll) =>
        (_run, _server, _healthy) = (run, server, CrowdDestination.HealthyOnes(_receiver.Address, onlyAll));

    /// <param name="onlyAll">Every healthy destination takes every event.</param>
    public static async Task<CrowdRun> StartAsync(BenchmarkRun run, bool onlyAll)
    {
        var crowd = new CrowdRun(run, await run.StartServerAsync(), onlyAll);
        foreach (var healthy in crowd._healthy) await crowd._server.CreateDestinationAsync(healthy.Definition);
        foreach (var bad in CrowdDestination.BadOnes(crowd._receiver.Address, crowd._receiver.Nobody)) crowd._bad.Add(await crowd._server.CreateDestinationAsync(bad.Definition));
        await crowd.EnableBadAsync(false);
        return crowd;
    }

    /// <param name="turns">How often each of the two phases comes.</param>
    public async Task<CrowdResult> MeasureAsync(int turns)
    {
        var events = (int)LongestRun.TotalSeconds * Rate;
        var first = _run.Source.Take(events);
        var (sentAt, answeredAt, logs) = (new long[events], new long[events], _receiver.Expect(first, events));
        using var stop = new CancellationTokenSource();
        var plan = _server.Plan(first, events, PerRequest, Connections) with { Rate = Rate, SentAt = sentAt, AnsweredAt = answeredAt };
        var sending = LoadSender.RunAsync(plan, _run.Source, stop.Token);
        await Task.Delay(Settling);
        var (alone, crowded) = (new List<CrowdPhase>(), new List<CrowdPhase>());
        for (var turn = 0; turn < turns; turn++)
        {
            alone.Add(await PhaseAsync(withBad: false));
            crowded.Add(await PhaseAsync(withBad: true));
        }

        await stop.CancelAsync();
        var sent = await sending;
        await EnableBadAsync(false);
        await WaitAsync(first, (int)sent.Events, logs);
        return new CrowdResult(_run.Source, first, sent, answeredAt, _healthy, logs, alone, crowded);
    }

    public void Dispose()
    {
        _server.Dispose();
        _receiver.Dispose();
    }

    private async Task<CrowdPhase> PhaseAsync(bool withBad)
    {
        await EnableBadAsync(withBad);
        _server.Process.ForgetPeak();
        await Task.Delay(Settling);
        var (from, used) = (Stopwatch.GetTimestamp(), _server.Process.CpuSeconds);
        await Task.Delay(TimeSpan.FromSeconds(_run.Sizes.PhaseSeconds));
        var to = Stopwatch.GetTimestamp();
        return new CrowdPhase(from, to, (_server.Process.CpuSeconds - used) / Stopwatch.GetElapsedTime(from, to).TotalSeconds, _server.Process.PeakMebibytes);
    }

    private async Task EnableBadAsync(bool isEnabled)
    {
        foreach (var some in _bad.Chunk(25)) await Task.WhenAll(some.Select(id => _server.EnableAsync(id, isEnabled)));
    }

    /// <summary>Until each healthy destination has what was sent, or nothing has come for a while.</summary>
    private async Task WaitAsync(long first, int events, IReadOnlyList<ArrivalLog> logs)
    {
        var expected = _healthy.Select(healthy => CrowdResult.Places(_run.Source, healthy, first, events).Count()).ToArray();
        var (seen, since) = (0L, Stopwatch.GetTimestamp());
        while (logs.Zip(expected).Any(one => one.First.Arrived < one.Second) && Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(10))
        {
            await Task.Delay(50);
            if (logs.Sum(log => log.Arrived) is var arrived && arrived != seen) (seen, since) = (arrived, Stopwatch.GetTimestamp());
        }
    }
}
