using System.Diagnostics.Metrics;
using Sluice.Telemetry;

namespace Sluice.Tests.Telemetry;

public sealed class MetricsCollectorTests
{
    [Fact]
    public void Every_kind_of_instrument_has_its_Prometheus_form()
    {
        using var meter = new Meter("Sluice.Test.Kinds");
        using var collector = new MetricsCollector();
        var counter = meter.CreateCounter<long>("sluice.kinds.events", description: "Events, \\ all\nof them.");
        counter.Add(2, new KeyValuePair<string, object?>("kind", "a\"b\\c\nd"));
        counter.Add(3, new KeyValuePair<string, object?>("kind", "a\"b\\c\nd"));
        meter.CreateUpDownCounter<int>("sluice.kinds.open").Add(-4);
        meter.CreateObservableGauge("sluice.kinds.size", () => 1.5, unit: "By");
        meter.CreateObservableCounter("sluice.kinds.read", () => 9L, unit: "By");
        var histogram = meter.CreateHistogram("sluice.kinds.wait", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (var wait in new[] { 0.05, 0.1, 0.5, 7 }) histogram.Record(wait);

        var text = collector.Text();

        Assert.Contains("""
            # HELP sluice_kinds_events_total Events, \\ all\nof them.
            # TYPE sluice_kinds_events_total counter
            sluice_kinds_events_total{kind="a\"b\\c\nd"} 5
            # TYPE sluice_kinds_open gauge
            sluice_kinds_open -4
            # TYPE sluice_kinds_read_bytes_total counter
            sluice_kinds_read_bytes_total 9
            # TYPE sluice_kinds_size_bytes gauge
            sluice_kinds_size_bytes 1.5
            # TYPE sluice_kinds_wait_seconds histogram
            sluice_kinds_wait_seconds_bucket{le="0.1"} 2
            sluice_kinds_wait_seconds_bucket{le="1"} 3
            sluice_kinds_wait_seconds_bucket{le="+Inf"} 4
            sluice_kinds_wait_seconds_sum 7.65
            sluice_kinds_wait_seconds_count 4

            """, text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_longer_observed_is_no_longer_shown()
    {
        using var meter = new Meter("Sluice.Test.Observed");
        using var collector = new MetricsCollector();
        var seen = new List<string> { "a", "b" };
        meter.CreateObservableGauge("sluice.observed", () => seen.Select(one => new Measurement<int>(1, new KeyValuePair<string, object?>("of", one))));
        Assert.Contains("sluice_observed{of=\"a\"} 1", collector.Text(), StringComparison.Ordinal);

        seen.Remove("a");

        var text = collector.Text();
        Assert.DoesNotContain("sluice_observed{of=\"a\"}", text, StringComparison.Ordinal);
        Assert.Contains("sluice_observed{of=\"b\"} 1", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_programs_meters_are_not_ours()
    {
        using var meter = new Meter("System.Else");
        using var collector = new MetricsCollector();
        meter.CreateCounter<long>("else.events").Add(1);

        Assert.DoesNotContain("else_events", collector.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Invented_labels_do_not_grow_memory_for_ever()
    {
        using var meter = new Meter("Sluice.Test.Labels");
        using var collector = new MetricsCollector();
        var counter = meter.CreateCounter<long>("sluice.labels");
        for (var i = 0; i < 5_000; i++) counter.Add(1, new KeyValuePair<string, object?>("id", i));

        var lines = collector.Text().Split('\n').Where(line => line.StartsWith("sluice_labels_total{", StringComparison.Ordinal)).ToList();

        Assert.Equal(2_001, lines.Count);
        Assert.Contains("sluice_labels_total{overflow=\"true\"} 3000", lines);
    }
}
