using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Sluice.Delivery;
using Sluice.Events;
using Sluice.Ledger;

namespace Sluice.Destinations.Otlp;

/// <summary>
/// An <c>ExportLogsServiceRequest</c> in OTLP's JSON encoding: one log record for each event. The event is the record's body, as a string, so that no
/// number and no spelling in it can change on the way.
/// </summary>
internal static class OtlpPayload
{
    /// <summary>Bytes around each event, as a rule, and for the escapes inside it. Receivers take 4 MB or more.</summary>
    public const int Overhead = 600;

    public static void Write(EventBatch batch, IBufferWriter<byte> output)
    {
        output.Write("""{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"sluice"}}]},"scopeLogs":[{"scope":{"name":"sluice.audit"},"logRecords":["""u8);
        for (var i = 0; i < batch.Count; i++)
        {
            if (i > 0) output.Write(","u8);
            WriteRecord(batch[i], output);
        }

        output.Write("]}]}]}"u8);
    }

    private static void WriteRecord(OutgoingEvent outgoing, IBufferWriter<byte> output)
    {
        var head = outgoing.Head;
        var isSuccess = EventDetails.Of(outgoing.Stored.Body.Span).IsSuccess;
        if (!Timestamp.TryParse(head.Timestamp, out var time)) time = outgoing.Stored.PersistedAt;
        output.Write("{\"timeUnixNano\":\""u8);
        WriteNumber(time, output);
        output.Write("\",\"observedTimeUnixNano\":\""u8);
        WriteNumber(outgoing.Stored.PersistedAt, output);
        output.Write(isSuccess ? "\",\"severityNumber\":9,\"severityText\":\"INFO\",\"eventName\":"u8 : "\",\"severityNumber\":13,\"severityText\":\"WARN\",\"eventName\":"u8);
        CanonicalJson.WriteString(head.Action, output);
        output.Write(",\"body\":{\"stringValue\":"u8);
        outgoing.WriteString(output);
        output.Write("},\"attributes\":["u8);
        WriteAttribute("event.id"u8, head.Id, output);
        output.Write(","u8);
        WriteAttribute("tenant.id"u8, head.TenantId, output);
        output.Write(",{\"key\":\"sluice.sequence\",\"value\":{\"intValue\":\""u8);
        WriteNumber(outgoing.Sequence, output);
        output.Write("\"}}]}"u8);
    }

    private static void WriteAttribute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, IBufferWriter<byte> output)
    {
        output.Write("{\"key\":"u8);
        CanonicalJson.WriteString(key, output);
        output.Write(",\"value\":{\"stringValue\":"u8);
        CanonicalJson.WriteString(value, output);
        output.Write("}}"u8);
    }

    private static void WriteNumber(long number, IBufferWriter<byte> output)
    {
        Utf8Formatter.TryFormat(number, output.GetSpan(20), out var length);
        output.Advance(length);
    }
}
