using Sluice.Benchmarks.Reporting;

namespace Sluice.Benchmarks.Parts;

/// <summary>What this machine allows, to read the other figures by.</summary>
internal static class BaselinesPart
{
    public const string Name = "baselines";

    public static async Task MeasureAsync(BenchmarkRun run)
    {
        foreach (var batch in new[] { 1_000, 100 })
        {
            var sqlite = run.Baselines.Sqlite(batch);
            Add(run, $"raw SQLite, {batch} rows a commit", sqlite.RowsPerSecond, "rows/s");
            Add(run, $"raw SQLite, {batch} rows a commit: CPU", sqlite.CpuPerMillion, "s/M");
            Add(run, $"raw SQLite, {batch} rows a commit: p50", sqlite.CommitMilliseconds.P50, "ms");
            Add(run, $"raw SQLite, {batch} rows a commit: p99", sqlite.CommitMilliseconds.P99, "ms");
        }

        Add(run, "raw SQLite, bodies read in order", run.Baselines.SqliteScan(), "rows/s");
        foreach (var perRequest in new[] { 1_000, 100, 1 })
        {
            var http = await run.Baselines.HttpAsync(perRequest);
            Add(run, $"bare HTTP server, {perRequest} a request", http.EventsPerSecond, "events/s");
            Add(run, $"bare HTTP server, {perRequest} a request: CPU", http.CpuPerMillion, "s/M");
            Add(run, $"bare HTTP server, {perRequest} a request: p50", http.Milliseconds.P50, "ms");
            Add(run, $"bare HTTP server, {perRequest} a request: p99", http.Milliseconds.P99, "ms");
        }

        Add(run, "sender straight into the receiver", await run.Baselines.ReceiverAsync(), "events/s");
    }

    private static void Add(BenchmarkRun run, string name, double value, string unit) => run.Report.Add(new Figure(Name, name, value, unit));
}
