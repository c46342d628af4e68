using Sluice.Benchmarks.Parts;
using Sluice.Benchmarks.Reporting;

namespace Sluice.Benchmarks.Crowds;

/// <summary>200 destinations at once, 150 of them dead, slow or throttling, beside the 50 healthy ones alone.</summary>
internal static class CrowdPart
{
    public const string Name = "crowd";

    public static async Task MeasureAsync(BenchmarkRun run)
    {
        await MeasureAsync(run, "50 healthy, most filtered", onlyAll: false, turns: 2);
        await MeasureAsync(run, "50 healthy, all take all", onlyAll: true, turns: 1);
    }

    private static async Task MeasureAsync(BenchmarkRun run, string name, bool onlyAll, int turns)
    {
        Report.Tell($"crowd: {name}");
        using var crowd = await CrowdRun.StartAsync(run, onlyAll);
        var result = await crowd.MeasureAsync(turns);
        Add(run, $"{name}: events delivered for one sent", result.PerEvent, "events");
        Add(run, $"{name}: rate held", result.Sent.EventsPerSecond, "events/s", Target.AtLeast(CrowdRun.Rate * 0.99));
        AddPhases(run, $"{name}, alone", result, result.Alone);
        AddPhases(run, $"{name}, with 150 bad", result, result.Crowded);
        Add(run, $"{name}: ingest p99, with the bad ones to alone", result.Ingest(result.Crowded).P99 / result.Ingest(result.Alone).P99, "×", Target.AtMost(1.1));
        Add(run, $"{name}: ingest p50, with the bad ones to alone", result.Ingest(result.Crowded).P50 / result.Ingest(result.Alone).P50, "×", Target.AtMost(1.1));
        Add(run, $"{name}: lost at healthy ones", result.Lost, "events", Target.AtMost(0));
        Add(run, $"{name}: repeated at healthy ones", result.Repeated, "events", Target.AtMost(0));
    }

    private static void AddPhases(BenchmarkRun run, string name, CrowdResult result, IReadOnlyList<CrowdPhase> phases)
    {
        var (ingest, arrival) = (result.Ingest(phases), result.Arrival(phases));
        Add(run, $"{name}: POST to answer, p50", ingest.P50, "ms");
        Add(run, $"{name}: POST to answer, p99", ingest.P99, "ms");
        Add(run, $"{name}: commit to arrival, p50", arrival.P50, "ms");
        Add(run, $"{name}: commit to arrival, p99", arrival.P99, "ms", Target.AtMost(1_000));
        Add(run, $"{name}: commit to arrival, p99 of the slowest one", result.WorstArrival(phases), "ms", Target.AtMost(1_000));
        Add(run, $"{name}: server CPU", phases.Average(phase => phase.Cores), "cores");
        Add(run, $"{name}: peak memory", phases.Max(phase => phase.PeakMebibytes), "MiB", Target.AtMost(512));
    }

    private static void Add(BenchmarkRun run, string name, double value, string unit, Target? target = null) =>
        run.Report.Add(new Figure(Name, name, value, unit) { Target = target });
}
