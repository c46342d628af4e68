using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Sluice.Telemetry;

/// <summary>One instrument: its series, by their labels.</summary>
internal sealed class MetricFamily
{
    /// <summary>Beyond this many, further labels are counted together, so that no caller can grow memory by inventing them.</summary>
    private const int MostSeries = 2_000;
    private const string Overflow = "overflow=\"true\"";

    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly Func<MetricSeries> _newSeries;
    private readonly string _type;
    private readonly string _help;
    private readonly bool _isObserved;

    private MetricFamily(string name, string type, string help, bool isObserved, Func<MetricSeries> newSeries) =>
        (Name, _type, _help, _isObserved, _newSeries) = (name, type, help, isObserved, newSeries);

    public string Name { get; }

    public static MetricFamily Of(Instrument instrument)
    {
        var kind = instrument.GetType().GetGenericTypeDefinition();
        var help = instrument.Description ?? "";
        if (kind == typeof(Counter<>)) return new(PrometheusText.Name(instrument, "_total"), "counter", help, instrument.IsObservable, () => new SumSeries());
        if (kind == typeof(ObservableCounter<>)) return new(PrometheusText.Name(instrument, "_total"), "counter", help, instrument.IsObservable, () => new LastSeries());
        if (kind == typeof(UpDownCounter<>)) return new(PrometheusText.Name(instrument), "gauge", help, instrument.IsObservable, () => new SumSeries());
        if (kind != typeof(Histogram<>)) return new(PrometheusText.Name(instrument), "gauge", help, instrument.IsObservable, () => new LastSeries());
        var bounds = BoundsOf(instrument);
        return new(PrometheusText.Name(instrument), "histogram", help, instrument.IsObservable, () => new HistogramSeries(bounds));
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = PrometheusText.Labels(tags);
        if (!_series.TryGetValue(labels, out var series)) series = _series.GetOrAdd(_series.Count < MostSeries ? labels : Overflow, _ => _newSeries());
        series.Record(value);
    }

    /// <summary>What is asked for at each collection is what there is: a destination that is gone, or now runs elsewhere, must not stay as it was last seen.</summary>
    public void ForgetObserved()
    {
        if (_isObserved) _series.Clear();
    }

    public void Write(StringBuilder text)
    {
        if (_series.IsEmpty) return;
        PrometheusText.Head(text, Name, _type, _help);
        foreach (var (labels, series) in _series.OrderBy(series => series.Key, StringComparer.Ordinal)) series.Write(text, Name, labels);
    }

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } given } => [.. given],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } given } => [.. given.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } given } => [.. given.Select(bound => (double)bound)],
        { Unit: "s" } => Seconds,
        _ => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000],
    };
}
