using System.Diagnostics;
using Sluice.Benchmarks.Parts;
using Sluice.Benchmarks.Processes;
using Sluice.Benchmarks.Reporting;
using Sluice.Benchmarks.Sending;

namespace Sluice.Benchmarks.Latencies;

/// <summary>From the commit of a batch's oldest event to its confirmation, for each kind, as the server itself counts it.</summary>
internal static class LatencyPart
{
    public const string Name = "latency";

    private const int Rate = 500, Connections = 16;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(90);

    public static async Task MeasureAsync(BenchmarkRun run)
    {
        using var server = await run.StartServerAsync();
        await SendAsync(run, server);
        foreach (var open in MeasuredKind.Sending) await MeasureAsync(run, server, [open]);
        await MeasureAsync(run, server, MeasuredKind.Storing);
    }

    /// <summary>One kind alone, or some together: those wait most of the time.</summary>
    private static async Task MeasureAsync(BenchmarkRun run, SluiceServer server, IReadOnlyList<Func<Task<MeasuredKind>>> open)
    {
        var kinds = await Task.WhenAll(open.Select(one => one()));
        Report.Tell($"latency: {string.Join(" and ", kinds.Select(kind => kind.Name))}");
        var before = await MetricsAsync(server);
        var destinations = new List<string>();
        foreach (var kind in kinds)
        {
            (kind.Definition["name"], kind.Definition["provider"]) = (kind.Name, kind.Provider);
            destinations.Add(await server.CreateDestinationAsync(kind.Definition));
        }

        await SendAsync(run, server);
        foreach (var destination in destinations) await WaitAsync(server, destination);
        var after = await MetricsAsync(server);
        foreach (var kind in kinds) Add(run, kind, LatencyHistogram.Of(after, kind.Provider).Since(LatencyHistogram.Of(before, kind.Provider)));
        foreach (var destination in destinations) await server.DeleteDestinationAsync(destination);
        foreach (var emulator in kinds.Select(kind => kind.Emulator).OfType<IAsyncDisposable>()) await emulator.DisposeAsync();
    }

    private static async Task SendAsync(BenchmarkRun run, SluiceServer server)
    {
        var events = run.Sizes.SteadySeconds * Rate;
        await LoadSender.RunAsync(server.Plan(run.Source.Take(events), events, 1, Connections) with { Rate = Rate }, run.Source);
    }

    private static async Task WaitAsync(SluiceServer server, string destination)
    {
        var started = Stopwatch.GetTimestamp();
        while (await server.LagAsync(destination) > 0)
        {
            if (Stopwatch.GetElapsedTime(started) > LongestWait) throw new BenchmarkException("A destination did not confirm what it was sent.");
            await Task.Delay(50);
        }
    }

    private static Task<string> MetricsAsync(SluiceServer server) => server.Client.GetStringAsync("/metrics");

    private static void Add(BenchmarkRun run, MeasuredKind kind, LatencyHistogram latency)
    {
        if (latency.Batches == 0) throw new BenchmarkException($"{kind.Name} confirmed nothing.");
        Add(run, $"{kind.Name}: commit to confirmation, p50", latency.Quantile(0.5), "ms");
        Add(run, $"{kind.Name}: commit to confirmation, p99", latency.Quantile(0.99), "ms", Target.AtMost(kind.Longest * 1_000));
        Add(run, $"{kind.Name}: batches", latency.Batches, "batches");
    }

    private static void Add(BenchmarkRun run, string name, double value, string unit, Target? target = null) =>
        run.Report.Add(new Figure(Name, name, value, unit) { Target = target });
}
