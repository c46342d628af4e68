using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Sluice.Streams;

namespace Sluice.Telemetry;

/// <summary>What streams count, per destination. Whoever collects gets the destinations that there are: one that was deleted has no series any more.</summary>
public sealed class DeliveryMetrics : IDisposable
{
    public const string MeterName = "Sluice.Delivery";

    /// <summary>From what is sent at once to objects that fill for a minute, and outages of hours.</summary>
    private static readonly InstrumentAdvice<double> Bounds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 90, 300, 3_600, 86_400],
    };

    private readonly Meter _meter = new(MeterName);
    private readonly ConcurrentDictionary<(string Destination, string Reason), long> _gaps = new();
    private readonly Histogram<double> _latency;

    public DeliveryMetrics()
    {
        Observe("sluice.delivery.delivered", its => its.Delivered, "{event}", "Events that a destination confirmed.");
        Observe("sluice.delivery.refused", its => its.Refused, "{event}", "Events set aside because a destination refuses them.");
        Observe("sluice.delivery.retries", its => its.Retries, "{request}", "Requests that failed and are sent again.");
        Observe("sluice.delivery.bytes", its => its.Bytes, "By", "Bytes of the requests that were sent.");
        _meter.CreateObservableCounter("sluice.delivery.gaps", Gaps, "{gap}", "Ranges that will not be streamed unless someone refills them.");
        _latency = _meter.CreateHistogram("sluice.delivery.latency", "s", "From the commit of a batch's oldest event to the destination's confirmation of the batch, waiting in outages included.", null, Bounds);
    }

    internal DeliveryCounts Counts { get; } = new();

    /// <summary>Has this process's streams looked at whenever someone collects.</summary>
    public void ObserveStreams(Func<IEnumerable<StreamReading>> streams)
    {
        _meter.CreateObservableGauge("sluice.delivery.lag", () => Of(streams, stream => stream.LagEvents), "{event}", "Events not confirmed yet.");
        _meter.CreateObservableGauge("sluice.delivery.lag.seconds", () => Of(streams, stream => stream.LagSeconds), "s", "How long the oldest event not confirmed yet has waited.");
        _meter.CreateObservableGauge(
            "sluice.delivery.oldest.timestamp.seconds", () => Of(streams, stream => (stream.OldestPendingAt ?? 0) / 1e9), description: "Unix time at which the oldest event not confirmed yet was stored; 0 while none waits.");
        _meter.CreateObservableGauge("sluice.delivery.status", () => streams().Select(Status), description: "1 for the status that a destination has.");
    }

    /// <summary>Has this process's replays counted whenever someone collects.</summary>
    /// <param name="destinations">The destination of each replay that runs.</param>
    public void ObserveReplays(Func<IEnumerable<string>> destinations) => _meter.CreateObservableGauge(
        "sluice.delivery.replays", () => destinations().CountBy(destination => destination).Select(count => new Measurement<int>(count.Value, Tag(count.Key))), "{replay}", "Replays that run on this node.");

    /// <summary>Shows a stream's counters from the start: a counter that first appears with its first failure has no increase to alert on.</summary>
    public void Opened(string destination)
    {
        Counts.Add(destination, default);
        foreach (var reason in new[] { Gap.Exhausted, Gap.Retention }) _gaps.TryAdd((destination, reason), 0);
    }

    public void Delivered(string destination, long events) => Counts.Add(destination, new StreamTotals { Delivered = events });

    /// <summary>Once for each batch that a stream delivered. Times are nanoseconds since 1970; the first is the store's, whose clock may be another one.</summary>
    public void Confirmed(string kind, long committedAt, long confirmedAt) =>
        _latency.Record(Math.Max(0, confirmedAt - committedAt) / 1e9, new KeyValuePair<string, object?>("provider", kind));

    public void Refused(string destination, long events) => Counts.Add(destination, new StreamTotals { Refused = events });

    public void WillRetry(string destination) => Counts.Add(destination, new StreamTotals { Retries = 1 });

    public void Sent(string destination, long bytes) => Counts.Add(destination, new StreamTotals { Bytes = bytes });

    public void GapOpened(string destination, string reason) => _gaps.AddOrUpdate((destination, reason), 1, (_, count) => count + 1);

    /// <summary>It was deleted: its series end, or they would grow with every destination that ever was.</summary>
    public void Forget(string destination)
    {
        Counts.Forget(destination);
        foreach (var key in _gaps.Keys.Where(key => key.Destination == destination)) _gaps.TryRemove(key, out _);
    }

    public void Dispose() => _meter.Dispose();

    private void Observe(string name, Func<StreamTotals, long> value, string unit, string description) => _meter.CreateObservableCounter(
        name, () => Counts.All.Select(its => new Measurement<long>(value(its.Totals), Tag(its.Destination))), unit, description);

    private IEnumerable<Measurement<long>> Gaps() => _gaps.Select(its => new Measurement<long>(its.Value, Tag(its.Key.Destination), new("reason", its.Key.Reason)));

    private static IEnumerable<Measurement<double>> Of(Func<IEnumerable<StreamReading>> streams, Func<StreamReading, double> value) =>
        streams().Select(stream => new Measurement<double>(value(stream), Tag(stream.Destination)));

    private static Measurement<int> Status(StreamReading stream) =>
        new(1, Tag(stream.Destination), new("name", stream.Name), new("provider", stream.Provider), new("status", stream.Status.ToString().ToLowerInvariant()));

    private static KeyValuePair<string, object?> Tag(string destination) => new("destination", destination);
}
