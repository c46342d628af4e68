using System.Buffers;
using System.Buffers.Text;
using Sluice.Delivery;
using Sluice.Events;

namespace Sluice.Destinations;

/// <summary>When an event happened, for providers that want it beside the event.</summary>
internal static class EventTime
{
    /// <summary>Nanoseconds since 1970.</summary>
    public static long Nanoseconds(OutgoingEvent outgoing) =>
        Timestamp.TryParse(outgoing.Head.Timestamp, out var time) ? time : outgoing.Stored.PersistedAt;

    public static long Milliseconds(OutgoingEvent outgoing) => Nanoseconds(outgoing) / 1_000_000;

    public static void WriteNumber(long number, IBufferWriter<byte> output)
    {
        Utf8Formatter.TryFormat(number, output.GetSpan(20), out var written);
        output.Advance(written);
    }
}
