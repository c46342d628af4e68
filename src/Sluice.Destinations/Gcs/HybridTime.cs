using System.Globalization;
using Sluice.Delivery;
using Sluice.Events;

namespace Sluice.Destinations.Gcs;

/// <summary>
/// A time as CockroachDB has them: nanoseconds, and a counter for what falls on the same one. Here the time at which an event was committed, and its
/// sequence: it grows strictly from event to event.
/// </summary>
internal readonly record struct HybridTime(long Nanoseconds, long Logical)
{
    private const long LogicalEnd = 10_000_000_000;

    /// <summary><c>YYYYMMDDHHMMSS</c>, nine digits of nanoseconds, ten of the counter: 33 digits that sort as the times do.</summary>
    public string Digits
    {
        get
        {
            var text = Timestamp.Text(Nanoseconds);
            return $"{text[..4]}{text[5..7]}{text[8..10]}{text[11..13]}{text[14..16]}{text[17..19]}{text[20..29]}{Logical:D10}";
        }
    }

    /// <summary>As markers have it.</summary>
    public string Decimal => string.Create(CultureInfo.InvariantCulture, $"{Nanoseconds}.{Logical:D10}");

    public static HybridTime Of(OutgoingEvent sent) => new(sent.Stored.PersistedAt, sent.Sequence % LogicalEnd);

    public string Folder(PartitionFormat format)
    {
        var text = Timestamp.Text(Nanoseconds);
        return format switch
        {
            PartitionFormat.Flat => "",
            PartitionFormat.Hourly => $"{text[..10]}/{text[11..13]}/",
            _ => $"{text[..10]}/",
        };
    }
}
