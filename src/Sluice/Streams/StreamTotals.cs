namespace Sluice.Streams;

/// <summary>What was counted of a destination, replays included.</summary>
/// <param name="Delivered">Events that it confirmed.</param>
/// <param name="Refused">Events that were set aside because it refuses them.</param>
/// <param name="Retries">Requests that failed and were sent again.</param>
/// <param name="Bytes">Of the requests that were sent.</param>
public readonly record struct StreamTotals(long Delivered, long Refused, long Retries, long Bytes)
{
    public static StreamTotals operator +(StreamTotals a, StreamTotals b) =>
        new(a.Delivered + b.Delivered, a.Refused + b.Refused, a.Retries + b.Retries, a.Bytes + b.Bytes);

    public static StreamTotals operator -(StreamTotals a, StreamTotals b) =>
        new(a.Delivered - b.Delivered, a.Refused - b.Refused, a.Retries - b.Retries, a.Bytes - b.Bytes);
}
