using Sluice.Benchmarks.Reporting;

namespace Sluice.Benchmarks.Parts;

/// <summary>Whether a full ledger is as fast as an empty one.</summary>
internal static class GrowthPart
{
    public const string Name = "growth";

    public static async Task MeasureAsync(BenchmarkRun run)
    {
        var sqlite = run.Baselines.Sqlite(1_000);
        var grown = await run.GrownAsync();
        var (first, second) = grown.Filling.Halves();
        var events = run.Sizes.Grown;
        Add(run, $"{events:N0} events, 1,000 a request, indexed as they come", grown.Filling.EventsPerSecond, "events/s", Target.AtLeast(150_000),
            new Baseline("raw SQLite, 1000 a commit", sqlite.RowsPerSecond));
        Add(run, "first half", first, "events/s");
        Add(run, "second half", second, "events/s", baseline: new Baseline("first half", first, 0.9));
        Add(run, "p99", grown.Filling.Latency.P99, "ms");
        Add(run, "slowest request", grown.Filling.Latency.Most, "ms");
        Add(run, "server CPU, indexes too", grown.CpuSeconds / events * 1e6, "s/M", Target.AtMost(9));
        Add(run, "peak memory", grown.PeakMebibytes, "MiB", Target.AtMost(180));
        Add(run, "disk, indexes too", (double)grown.DataBytes / (events + run.Sizes.WarmUp), "bytes/event");
        Add(run, "not accepted", grown.Filling.Unconfirmed, "events", Target.AtMost(0));
    }

    private static void Add(BenchmarkRun run, string name, double value, string unit, Target? target = null, Baseline? baseline = null) =>
        run.Report.Add(new Figure(Name, name, value, unit) { Target = target, Baseline = baseline });
}
