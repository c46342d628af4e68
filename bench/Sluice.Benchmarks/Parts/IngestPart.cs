using Sluice.Benchmarks.Processes;
using Sluice.Benchmarks.Reporting;

namespace Sluice.Benchmarks.Parts;

/// <summary>From POST until the answer, which is after the sync.</summary>
internal static class IngestPart
{
    public const string Name = "ingest";

    public static async Task MeasureAsync(BenchmarkRun run)
    {
        await MeasureBatchesAsync(run, 1_000, Target.AtLeast(300_000), wanted: 0.65);
        await MeasureBatchesAsync(run, 100, Target.AtLeast(200_000), wanted: 0.8);
        await MeasureSinglesAsync(run);
    }

    private static async Task MeasureBatchesAsync(BenchmarkRun run, int perRequest, Target target, double wanted)
    {
        var sqlite = run.Baselines.Sqlite(perRequest);
        var http = await run.Baselines.HttpAsync(perRequest);
        await MeasureAsync(run, perRequest, run.Sizes.Batched, run.Sizes.WarmUp, target, new Baseline($"raw SQLite, {perRequest} a commit", sqlite.RowsPerSecond, wanted), http.CpuPerMillion);
    }

    private static async Task MeasureSinglesAsync(BenchmarkRun run)
    {
        var http = await run.Baselines.HttpAsync(1);
        await MeasureAsync(
            run, 1, run.Sizes.Single, run.Sizes.SingleWarmUp, Target.AtLeast(40_000), new Baseline("bare HTTP server", http.EventsPerSecond, 0.5), http.CpuPerMillion);
    }

    private static async Task MeasureAsync(BenchmarkRun run, int perRequest, long events, long warmUp, Target target, Baseline baseline, double bareCpu)
    {
        var name = perRequest == 1 ? "single events, 64 connections" : $"{perRequest:N0} a request";
        Report.Tell($"ingest: {name}");
        using var server = await run.StartServerAsync();
        await run.SendAsync(server, warmUp, perRequest);
        await server.Process.SettleAsync();
        server.Process.ForgetPeak();
        var (used, own) = (server.Process.CpuSeconds, Environment.CpuUsage.TotalTime);
        var sent = await run.SendAsync(server, events, perRequest);
        var ownCpu = (Environment.CpuUsage.TotalTime - own).TotalSeconds;
        await server.Process.SettleAsync();
        Add(run, name, sent.EventsPerSecond, "events/s", target, baseline);
        var isBatched = perRequest > 1;
        Add(run, $"{name}: server CPU, indexes too", PerMillion(server, used, events), "s/M", isBatched ? Target.AtMost(4.5) : null, new Baseline("bare HTTP server", bareCpu));
        Add(run, $"{name}: sender CPU", ownCpu / events * 1e6, "s/M");
        Add(run, $"{name}: p50", sent.Latency.P50, "ms");
        Add(run, $"{name}: p99", sent.Latency.P99, "ms");
        Add(run, $"{name}: peak memory", server.Process.PeakMebibytes, "MiB", Target.AtMost(180));
        Add(run, $"{name}: not accepted", sent.Unconfirmed, "events", Target.AtMost(0));
        if (sent.PutOff > 0) Add(run, $"{name}: answered 429 or 503 and sent again", sent.PutOff, "requests");
    }

    private static double PerMillion(SluiceServer server, double usedBefore, long events) => (server.Process.CpuSeconds - usedBefore) / events * 1e6;

    private static void Add(BenchmarkRun run, string name, double value, string unit, Target? target = null, Baseline? baseline = null) =>
        run.Report.Add(new Figure(Name, name, value, unit) { Target = target, Baseline = baseline });
}
