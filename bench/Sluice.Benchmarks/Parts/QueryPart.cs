using System.Diagnostics;
using Sluice.Benchmarks.Processes;
using Sluice.Benchmarks.Reporting;
using Sluice.Benchmarks.Sending;
using Sluice.Benchmarks.Workload;

namespace Sluice.Benchmarks.Parts;

/// <summary>Questions to a full ledger while a steady stream of events goes on.</summary>
internal static class QueryPart
{
    public const string Name = "query";

    private const double RateMeanwhile = 5_000;

    public static async Task MeasureAsync(BenchmarkRun run)
    {
        var scan = run.Baselines.SqliteScan();
        var grown = await run.GrownAsync();
        var server = grown.Server;
        Report.Tell($"query: {run.Sizes.Queries} of each kind while {RateMeanwhile:N0} events/s come in");
        using var stop = new CancellationTokenSource();
        var plan = server.Plan(run.Source.Take(int.MaxValue / 4), long.MaxValue, 10, 16) with { Rate = RateMeanwhile };
        var sending = LoadSender.RunAsync(plan, run.Source, stop.Token);
        try
        {
            await AskAsync(run, server, Questions(run, grown.First));
            await DialectPages.MeasureAsync(run, server, grown.First);
            await ExportAsync(run, server, "export", run.Sizes.Exported, "", new Baseline("raw SQLite, bodies read", scan));
            await ExportAsync(run, server, "export with proofs", run.Sizes.ExportedWithProofs, "&proofs=true", new Baseline("raw SQLite, bodies read", scan));
        }
        finally
        {
            await stop.CancelAsync();
        }

        var sent = await sending;
        run.Report.Add(new Figure(Name, "ingest meanwhile", sent.EventsPerSecond, "events/s") { Target = Target.AtLeast(RateMeanwhile * 0.99) });
        run.Report.Add(new Figure(Name, "ingest meanwhile: p99", sent.Latency.P99, "ms"));
    }

    /// <summary>Each kind asks after events that are there, chosen by chance: whoever does much is asked for often.</summary>
    private static IEnumerable<(string Name, Func<long, string> Path, bool HasEvents)> Questions(BenchmarkRun run, long first)
    {
        var source = run.Source;
        yield return ("health check: HTTP alone", _ => "/healthz", false);
        yield return ("newest 100 of an actor", index => Page($"actor.id EQ \"{source.ActorOf(index)}\""), true);
        yield return ("newest 100 of a resource", index => Page($"resource.id EQ \"{source.ResourceOf(index)}\""), true);
        yield return ("newest 100 of an action in 1 h", index => Page($"action EQ \"{source.ActionOf(index)}\" AND {HourUpTo(index)}"), true);
        yield return ("newest 100 of an actor's action in 1 h", index => Page($"actor.id EQ \"{source.ActorOf(index)}\" AND action EQ \"{source.ActionOf(index)}\" AND {HourUpTo(index)}"), true);
        yield return ("one event by id", index => $"/v1/audit/events/{source.IdOf(index)}", true);
    }

    private static async Task AskAsync(BenchmarkRun run, SluiceServer server, IEnumerable<(string Name, Func<long, string> Path, bool HasEvents)> questions)
    {
        var random = new RandomWords(42);
        var first = (await run.GrownAsync()).First;
        var floor = 0.0;
        foreach (var (name, path, hasEvents) in questions)
        {
            var times = new List<double>();
            for (var i = 0; i < run.Sizes.Queries * 11 / 10; i++)
            {
                var index = first + random.Below(i, 0, (int)run.Sizes.Grown);
                var milliseconds = await AskAsync(server, path(index), hasEvents ? run.Source.IdOf(index) : null);
                if (i >= run.Sizes.Queries / 10) times.Add(milliseconds);
            }

            var spread = Percentiles.Of(times);
            if (!hasEvents) floor = spread.P50;
            run.Report.Add(new Figure(Name, $"{name}: p50", spread.P50, "ms") { Baseline = hasEvents ? new Baseline("health check, p50", floor) : null });
            run.Report.Add(new Figure(Name, $"{name}: p95", spread.P95, "ms"));
            run.Report.Add(new Figure(Name, $"{name}: p99", spread.P99, "ms"));
        }
    }

    private static async Task<double> AskAsync(SluiceServer server, string path, string? id)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await server.Client.GetAsync(path);
        var body = await answer.Content.ReadAsByteArrayAsync();
        var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        if (!answer.IsSuccessStatusCode) throw new BenchmarkException($"GET {path} was answered {(int)answer.StatusCode}.");
        if (id is not null && body.AsSpan().IndexOf("evt_"u8) < 0) throw new BenchmarkException($"GET {path} found nothing, though {id} is stored.");
        return milliseconds;
    }

    private static async Task ExportAsync(BenchmarkRun run, SluiceServer server, string name, long events, string parameters, Baseline baseline)
    {
        Report.Tell($"query: {name}, {events:N0} events");
        var started = Stopwatch.GetTimestamp();
        var after = run.Sizes.Grown + run.Sizes.WarmUp - events - 1;
        using var answer = await server.Client.GetAsync($"/v1/audit/export?after={after}{parameters}", HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        var (lines, bytes) = await CountAsync(await answer.Content.ReadAsStreamAsync());
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (lines < events) throw new BenchmarkException($"The export had {lines} lines instead of {events} or more.");
        run.Report.Add(new Figure(Name, $"{name}, {events:N0} and what came meanwhile", lines / seconds, "events/s") { Baseline = baseline });
        run.Report.Add(new Figure(Name, $"{name}: bytes", bytes / seconds / (1024 * 1024), "MiB/s"));
    }

    private static async Task<(long Lines, long Bytes)> CountAsync(Stream stream)
    {
        var buffer = new byte[256 * 1024];
        var (lines, bytes) = (0L, 0L);
        for (int read; (read = await stream.ReadAsync(buffer)) > 0; bytes += read) lines += buffer.AsSpan(0, read).Count((byte)'\n');
        return (lines, bytes);
    }

    private static string Page(string filter) => $"/v1/audit/events?page_size=100&filter={Uri.EscapeDataString(filter)}";

    private static string HourUpTo(long index)
    {
        var last = EventSource.TimeOf(index);
        return $"timestamp GE \"{last.AddHours(-1):yyyy-MM-ddTHH:mm:ssZ}\" AND timestamp LE \"{last.AddSeconds(1):yyyy-MM-ddTHH:mm:ssZ}\"";
    }
}
