using System.Diagnostics.Metrics;
using Sluice.Streams;

namespace Sluice.Telemetry;

/// <summary>What streams count, per destination.</summary>
public sealed class DeliveryMetrics : IDisposable
{
    public const string MeterName = "Sluice.Delivery";

    /// <summary>From what is sent at once to objects that fill for a minute, and outages of hours.</summary>
    private static readonly InstrumentAdvice<double> Bounds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 90, 300, 3_600, 86_400],
    };

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _gaps;
    private readonly Histogram<double> _latency;

    public DeliveryMetrics()
    {
        _delivered = _meter.CreateCounter<long>("sluice.delivery.delivered", "{event}", "Events that a destination confirmed.");
        _refused = _meter.CreateCounter<long>("sluice.delivery.refused", "{event}", "Events set aside because a destination refuses them.");
        _retries = _meter.CreateCounter<long>("sluice.delivery.retries", "{request}", "Requests that failed and are sent again.");
        _bytes = _meter.CreateCounter<long>("sluice.delivery.bytes", "By", "Bytes of the requests that were sent.");
        _gaps = _meter.CreateCounter<long>("sluice.delivery.gaps", "{gap}", "Ranges that will not be streamed unless someone refills them.");
        _latency = _meter.CreateHistogram("sluice.delivery.latency", "s", "From the commit of a batch's oldest event to the destination's confirmation of the batch, waiting in outages included.", null, Bounds);
    }

    /// <summary>Has this process's streams looked at whenever someone collects.</summary>
    public void ObserveStreams(Func<IEnumerable<StreamReading>> streams)
    {
        _meter.CreateObservableGauge("sluice.delivery.lag", () => Of(streams, stream => stream.LagEvents), "{event}", "Events not confirmed yet.");
        _meter.CreateObservableGauge("sluice.delivery.lag.seconds", () => Of(streams, stream => stream.LagSeconds), "s", "How long the oldest event not confirmed yet has waited.");
        _meter.CreateObservableGauge("sluice.delivery.status", () => streams().Select(Status), description: "1 for the status that a destination has.");
    }

    /// <summary>Has this process's replays counted whenever someone collects.</summary>
    /// <param name="destinations">The destination of each replay that runs.</param>
    public void ObserveReplays(Func<IEnumerable<string>> destinations) => _meter.CreateObservableGauge(
        "sluice.delivery.replays", () => destinations().CountBy(destination => destination).Select(count => new Measurement<int>(count.Value, Tag(count.Key))), "{replay}", "Replays that run on this node.");

    /// <summary>Shows a stream's counters from the start: a counter that first appears with its first failure has no increase to alert on.</summary>
    public void Opened(string destination)
    {
        foreach (var counter in new[] { _delivered, _refused, _retries, _bytes }) counter.Add(0, Tag(destination));
        foreach (var reason in new[] { Gap.Exhausted, Gap.Retention }) _gaps.Add(0, Tag(destination), Reason(reason));
    }

    public void Delivered(string destination, long events) => _delivered.Add(events, Tag(destination));

    /// <summary>Once for each batch that a stream delivered. Times are nanoseconds since 1970; the first is the store's, whose clock may be another one.</summary>
    public void Confirmed(string kind, long committedAt, long confirmedAt) =>
        _latency.Record(Math.Max(0, confirmedAt - committedAt) / 1e9, new KeyValuePair<string, object?>("provider", kind));

    public void Refused(string destination, long events) => _refused.Add(events, Tag(destination));

    public void WillRetry(string destination) => _retries.Add(1, Tag(destination));

    public void Sent(string destination, long bytes) => _bytes.Add(bytes, Tag(destination));

    public void GapOpened(string destination, string reason) => _gaps.Add(1, Tag(destination), Reason(reason));

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<double>> Of(Func<IEnumerable<StreamReading>> streams, Func<StreamReading, double> value) =>
        streams().Select(stream => new Measurement<double>(value(stream), Tag(stream.Destination)));

    private static Measurement<int> Status(StreamReading stream) =>
        new(1, Tag(stream.Destination), new("name", stream.Name), new("provider", stream.Provider), new("status", stream.Status.ToString().ToLowerInvariant()));

    private static KeyValuePair<string, object?> Reason(string reason) => new("reason", reason);

    private static KeyValuePair<string, object?> Tag(string destination) => new("destination", destination);
}
