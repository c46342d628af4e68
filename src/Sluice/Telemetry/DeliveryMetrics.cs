using System.Diagnostics.Metrics;

namespace Sluice.Telemetry;

/// <summary>What streams count, per destination.</summary>
public sealed class DeliveryMetrics : IDisposable
{
    public const string MeterName = "Sluice.Delivery";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _bytes;

    public DeliveryMetrics()
    {
        _delivered = _meter.CreateCounter<long>("sluice.delivery.delivered", "{event}", "Events that a destination confirmed.");
        _refused = _meter.CreateCounter<long>("sluice.delivery.refused", "{event}", "Events set aside because a destination refuses them.");
        _retries = _meter.CreateCounter<long>("sluice.delivery.retries", "{request}", "Requests that failed and are sent again.");
        _bytes = _meter.CreateCounter<long>("sluice.delivery.bytes", "By", "Bytes of the requests that were sent.");
    }

    /// <summary>Has the events that wait for each destination asked for whenever someone collects.</summary>
    public void ObserveLag(Func<IEnumerable<(string Destination, long Events)>> lags) =>
        _meter.CreateObservableGauge(
            "sluice.delivery.lag", () => lags().Select(lag => new Measurement<long>(lag.Events, Tag(lag.Destination))), "{event}", "Events not confirmed yet.");

    public void Delivered(string destination, long events) => _delivered.Add(events, Tag(destination));

    public void Refused(string destination, long events) => _refused.Add(events, Tag(destination));

    public void WillRetry(string destination) => _retries.Add(1, Tag(destination));

    public void Sent(string destination, long bytes) => _bytes.Add(bytes, Tag(destination));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string destination) => new("destination", destination);
}
