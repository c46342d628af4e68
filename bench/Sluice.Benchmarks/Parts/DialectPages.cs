using System.Diagnostics;
using System.Globalization;
using Sluice.Benchmarks.Processes;
using Sluice.Benchmarks.Reporting;
using Sluice.Benchmarks.Workload;

namespace Sluice.Benchmarks.Parts;

/// <summary>A page of 1,000 events in each dialect, beside Sluice's own page of the same events.</summary>
internal static class DialectPages
{
    private const double Wanted = 2;

    private static DateTimeOffset Yesterday => TimeProvider.System.GetUtcNow().AddDays(-1);

    /// <summary>Of events that happened from a time on; what has a body is posted.</summary>
    private static readonly (string Name, Func<DateTimeOffset, string> Path, Func<DateTimeOffset, string>? Body)[] Pages =
    [
        ("Veza's list", from => $"/api/preview/system/audit?page_size=1000&filter={Uri.EscapeDataString($"ended_at GE \"{Text(from)}\"")}", null),
        ("Veza's export", from => $"/api/preview/system/audit/export?page_size=1000&filter={Uri.EscapeDataString($"persisted_at GE \"{Text(Yesterday)}\" AND ended_at GE \"{Text(from)}\"")}", null),
        ("Truthlocks", from => $"/v1/audit?limit=1000&from={Text(from)}&to={Text(from.AddSeconds(1.5))}", null),
        ("ZITADEL", _ => "/admin/v1/events/_search", from => $$$"""{"asc":true,"limit":1000,"range":{"since":"{{{Text(from)}}}"}}"""),
        ("Zaita", from => $"/v1/zaita/audit-events?page_size=1000&from={Text(from)}", null),
    ];

    public static async Task MeasureAsync(BenchmarkRun run, SluiceServer server, long first)
    {
        var own = await AskAsync(run, server, first, from => $"/v1/audit/events?order=asc&page_size=1000&filter={Uri.EscapeDataString($"timestamp GE \"{Text(from)}\"")}", null);
        run.Report.Add(new Figure(QueryPart.Name, "page of 1,000 from a time on: p50", own, "ms"));
        foreach (var (name, path, body) in Pages)
        {
            var time = await AskAsync(run, server, first, path, body);
            run.Report.Add(new Figure(QueryPart.Name, $"page of 1,000, {name}: p50", time, "ms") { Target = Target.AtMost(Wanted * own), Baseline = new Baseline("Sluice's own page", own) });
        }
    }

    private static async Task<double> AskAsync(BenchmarkRun run, SluiceServer server, long first, Func<DateTimeOffset, string> path, Func<DateTimeOffset, string>? body)
    {
        var (random, times) = (new RandomWords(43), new List<double>());
        for (var i = 0; i < run.Sizes.Queries / 2; i++)
        {
            // Not so near the end that a page would not be full.
            var from = EventSource.TimeOf(first + random.Below(i, 0, (int)(run.Sizes.Grown - 10_000)));
            var started = Stopwatch.GetTimestamp();
            using var answer = body is null ? await server.Client.GetAsync(path(from)) : await server.Client.PostAsync(path(from), new StringContent(body(from)));
            var page = await answer.Content.ReadAsByteArrayAsync();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (!answer.IsSuccessStatusCode || page.Length < 200_000) throw new BenchmarkException($"GET {path(from)} was answered {(int)answer.StatusCode} with {page.Length} bytes.");
        }

        return Percentiles.Of(times).P50;
    }

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
