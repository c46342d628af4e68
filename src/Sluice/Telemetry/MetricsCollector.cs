using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Sluice.Telemetry;

/// <summary>Adds up what the program's own meters (names that start with <c>Sluice</c>) measure, from the moment it is made.</summary>
public sealed class MetricsCollector : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly ConcurrentDictionary<Instrument, MetricFamily> _families = new();
    private readonly MeterListener _listener = new();
    private readonly Lock _collecting = new();

    public MetricsCollector()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("Sluice", StringComparison.Ordinal)) listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument, MetricFamily.Of));
        };
        _listener.MeasurementsCompleted = (instrument, _) => _families.TryRemove(instrument, out var _);
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, family) => Record((double)value, tags, family));
        _listener.Start();
    }

    /// <summary>All families in Prometheus' text format, ordered by name.</summary>
    public string Text()
    {
        lock (_collecting)
        {
            foreach (var family in _families.Values) family.ForgetObserved();
            _listener.RecordObservableInstruments();
            var text = new StringBuilder();
            foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal)) family.Write(text);
            ProcessMetrics.Write(text);
            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>An instrument whose meter is disposed meanwhile may still be asked; it has no family any more.</summary>
    private static void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? family) => (family as MetricFamily)?.Record(value, tags);
}
