using System.Globalization;
using System.Text.RegularExpressions;

namespace Sluice.Benchmarks.Latencies;

/// <summary>The server's own <c>sluice_delivery_latency_seconds</c> of one provider: a value for each batch, from the commit of its oldest event to its confirmation.</summary>
/// <param name="Buckets">Upper bounds in seconds, and how many batches were faster.</param>
internal sealed partial record LatencyHistogram(IReadOnlyList<(double Bound, long Count)> Buckets)
{
    public long Batches => Buckets.Count > 0 ? Buckets[^1].Count : 0;

    public static LatencyHistogram Of(string metrics, string provider) => new(
        [.. Line().Matches(metrics).Where(line => line.Groups[1].Value == provider).Select(line => (Bound(line.Groups[2].Value), long.Parse(line.Groups[3].Value, CultureInfo.InvariantCulture)))]);

    /// <summary>What came since.</summary>
    public LatencyHistogram Since(LatencyHistogram before) =>
        new([.. Buckets.Select((bucket, i) => (bucket.Bound, bucket.Count - (i < before.Buckets.Count ? before.Buckets[i].Count : 0)))]);

    /// <summary>In milliseconds, as Prometheus reckons it: evenly spread inside a bucket. What is beyond the last bound counts as the bound.</summary>
    public double Quantile(double share)
    {
        var (wanted, from, before) = (share * Batches, 0.0, 0L);
        foreach (var (bound, count) in Buckets)
        {
            if (double.IsInfinity(bound)) return from * 1_000;
            if (count >= wanted && count > before) return (from + ((bound - from) * (wanted - before) / (count - before))) * 1_000;
            (from, before) = (bound, count);
        }

        return 0;
    }

    private static double Bound(string text) => text == "+Inf" ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("""^sluice_delivery_latency_seconds_bucket\{provider="([a-z0-9_]+)",le="([^"]+)"\} ([0-9]+)""", RegexOptions.Multiline)]
    private static partial Regex Line();
}
