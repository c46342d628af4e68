using System.Diagnostics;
using Sluice.Benchmarks.Receiving;
using Sluice.Benchmarks.Sending;
using Sluice.Benchmarks.Workload;

namespace Sluice.Benchmarks.Crowds;

/// <summary>A while that was measured; times as <see cref="Stopwatch"/> counts.</summary>
/// <param name="Cores">Processors that the server used.</param>
internal sealed record CrowdPhase(long From, long To, double Cores, double PeakMebibytes)
{
    public bool Has(long at) => at >= From && at < To;
}

/// <summary>What a crowd's run found, phases without the bad destinations beside those with them.</summary>
internal sealed record CrowdResult(
    EventSource Source, long First, LoadResult Sent, long[] AnsweredAt, IReadOnlyList<CrowdDestination> Healthy, IReadOnlyList<ArrivalLog> Logs,
    IReadOnlyList<CrowdPhase> Alone, IReadOnlyList<CrowdPhase> Crowded)
{
    /// <summary>Events that healthy destinations did not get.</summary>
    public long Lost => Healthy.Zip(Logs).Sum(one => Places(Source, one.First, First, (int)Sent.Events).LongCount(place => one.Second.At(place) == 0));

    public long Repeated => Logs.Sum(log => log.Repeated);

    /// <summary>Events that healthy destinations get for one that is sent.</summary>
    public double PerEvent => (double)Logs.Sum(log => log.Arrived) / Sent.Events;

    public Percentiles Ingest(IReadOnlyList<CrowdPhase> phases) =>
        Percentiles.Of(Sent.Requests.Where(request => phases.Any(phase => phase.Has(request.StartedAt))).Select(request => request.Milliseconds));

    /// <summary>From the answer to an event's POST, which comes after its commit, to its arrival; 0 where it was faster than the answer.</summary>
    public Percentiles Arrival(IReadOnlyList<CrowdPhase> phases) => Percentiles.Of(Healthy.Zip(Logs).SelectMany(one => Delays(one.First, one.Second, phases)));

    /// <summary>The highest p99 of one destination.</summary>
    public double WorstArrival(IReadOnlyList<CrowdPhase> phases) => Healthy.Zip(Logs).Max(one => Percentiles.Of(Delays(one.First, one.Second, phases)).P99);

    /// <summary>The events that a destination is to get, by their places.</summary>
    public static IEnumerable<int> Places(EventSource source, CrowdDestination destination, long first, int events) =>
        Enumerable.Range(0, events).Where(place => destination.Takes(source.TenantOf(first + place), source.ActionOf(first + place)));

    private IEnumerable<double> Delays(CrowdDestination destination, ArrivalLog log, IReadOnlyList<CrowdPhase> phases) =>
        Places(Source, destination, First, (int)Sent.Events)
            .Where(place => log.At(place) != 0 && phases.Any(phase => phase.Has(AnsweredAt[place])))
            .Select(place => Math.Max(0, Stopwatch.GetElapsedTime(AnsweredAt[place], log.At(place)).TotalMilliseconds));
}
