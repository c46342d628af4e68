using System.Diagnostics;
using Sluice.Benchmarks.Processes;
using Sluice.Benchmarks.Reporting;

namespace Sluice.Benchmarks.Parts;

/// <summary>What it costs that Sluice records its own calls: the same work with that off and on, in turns, so that what the machine does meanwhile is shared.</summary>
internal static class AuditPart
{
    public const string Name = "audit";

    private const int Turns = 3, Readers = 8;

    private static readonly (string Name, string Unit, Func<BenchmarkRun, SluiceServer, Task<double>> MeasureAsync)[] Works =
    [
        ("1,000 a request", "events/s", async (run, server) => (await run.SendAsync(server, run.Sizes.Batched / Turns, 1_000)).EventsPerSecond),
        ("single events, 64 connections", "events/s", async (run, server) => (await run.SendAsync(server, run.Sizes.Single / Turns, 1)).EventsPerSecond),
        ($"one event by id, {Readers} connections", "calls/s", ReadAsync),
    ];

    public static async Task MeasureAsync(BenchmarkRun run)
    {
        using var off = await StartAsync(run, isOn: false);
        using var on = await StartAsync(run, isOn: true);
        foreach (var (name, unit, measureAsync) in Works)
        {
            Report.Tell($"audit: {name}, off and on in turns");
            var (without, with) = (new List<double>(), new List<double>());
            for (var turn = 0; turn < Turns; turn++)
            {
                without.Add(await measureAsync(run, off));
                with.Add(await measureAsync(run, on));
            }

            run.Report.Add(new Figure(Name, $"{name}, each call recorded", with.Average(), unit) { Baseline = new Baseline("not recorded", without.Average()) });
        }
    }

    private static async Task<SluiceServer> StartAsync(BenchmarkRun run, bool isOn)
    {
        var server = await run.StartServerAsync(("Sluice__Audit__Calls", isOn ? "true" : "false"));
        await run.SendAsync(server, run.Sizes.WarmUp, 1_000);
        await run.SendAsync(server, run.Sizes.SingleWarmUp, 1);
        await ReadAsync(run, server);
        return server;
    }

    /// <summary>Each call stands alone in the record, unlike those that send events.</summary>
    private static async Task<double> ReadAsync(BenchmarkRun run, SluiceServer server)
    {
        var (calls, started) = (run.Sizes.Queries * 10, Stopwatch.GetTimestamp());
        await Parallel.ForEachAsync(Enumerable.Range(0, calls), new ParallelOptions { MaxDegreeOfParallelism = Readers }, async (at, cancellation) =>
        {
            using var answer = await server.Client.GetAsync($"/v1/audit/events/{run.Source.IdOf(at)}", cancellation);
            await answer.Content.ReadAsByteArrayAsync(cancellation);
        });
        return calls / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
