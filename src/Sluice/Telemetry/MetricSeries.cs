using System.Text;

namespace Sluice.Telemetry;

/// <summary>The numbers behind one set of labels.</summary>
internal abstract class MetricSeries
{
    private readonly Lock _lock = new();

    public void Record(double value)
    {
        lock (_lock) Add(value);
    }

    public void Write(StringBuilder text, string name, string labels)
    {
        lock (_lock) WriteNow(text, name, labels);
    }

    protected abstract void Add(double value);

    protected abstract void WriteNow(StringBuilder text, string name, string labels);
}

internal sealed class SumSeries : MetricSeries
{
    private double _sum;

    protected override void Add(double value) => _sum += value;

    protected override void WriteNow(StringBuilder text, string name, string labels) => PrometheusText.Line(text, name, labels, _sum);
}

internal sealed class LastSeries : MetricSeries
{
    private double _last;

    protected override void Add(double value) => _last = value;

    protected override void WriteNow(StringBuilder text, string name, string labels) => PrometheusText.Line(text, name, labels, _last);
}

internal sealed class HistogramSeries(double[] bounds) : MetricSeries
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    protected override void Add(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket]) bucket++;
        _counts[bucket]++;
        _sum += value;
    }

    protected override void WriteNow(StringBuilder text, string name, string labels)
    {
        long count = 0;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            count += _counts[bucket];
            var bound = $"le=\"{(bucket < bounds.Length ? PrometheusText.Number(bounds[bucket]) : "+Inf")}\"";
            PrometheusText.Line(text, name + "_bucket", labels.Length == 0 ? bound : $"{labels},{bound}", count);
        }

        PrometheusText.Line(text, name + "_sum", labels, _sum);
        PrometheusText.Line(text, name + "_count", labels, count);
    }
}
