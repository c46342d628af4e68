using System.Buffers;
using System.Text.Json;
using Sluice.Delivery;
using Sluice.Events;
using Sluice.Ledger;

namespace Sluice.Destinations.Elastic;

/// <summary>
/// Lines of <c>_bulk</c>: an action and a document for each event. <c>create</c> with the event's id stores it once however often it is sent; events of
/// several tenants may have the same id, so where they meet, the tenant stands before it.
/// </summary>
/// <param name="tenantId">The only tenant whose events there are; null: of all.</param>
internal sealed class ElasticPayload(string? tenantId)
{
    /// <summary>Bytes around each event: action, id with tenant, time.</summary>
    public const int Overhead = 512;

    public void Write(EventBatch batch, IBufferWriter<byte> output)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            WriteAction(batch[i], output);
            WriteDocument(batch[i], output);
        }
    }

    private void WriteAction(OutgoingEvent outgoing, IBufferWriter<byte> output)
    {
        var head = outgoing.Head;
        output.Write("{\"create\":{\"_id\":"u8);
        CanonicalJson.WriteString(tenantId is null ? [.. head.TenantId, (byte)':', .. head.Id] : head.Id, output);
        output.Write("}}\n"u8);
    }

    /// <summary>The event as it is spelled, with the time that data streams want before its own members; a profile may have written it already.</summary>
    private static void WriteDocument(OutgoingEvent outgoing, IBufferWriter<byte> output)
    {
        var spelled = outgoing.Spelled.Span;
        if (!outgoing.IsJson) WriteText(outgoing, output);
        else if (HasTime(spelled)) output.Write(spelled);
        else
        {
            WriteTime(outgoing, output);
            output.Write(spelled[1..]);
        }

        output.Write("\n"u8);
    }

    /// <summary>A line of plain text needs a member to be in.</summary>
    private static void WriteText(OutgoingEvent outgoing, IBufferWriter<byte> output)
    {
        WriteTime(outgoing, output);
        output.Write("\"message\":"u8);
        outgoing.WriteString(output);
        output.Write("}"u8);
    }

    private static void WriteTime(OutgoingEvent outgoing, IBufferWriter<byte> output)
    {
        output.Write("{\"@timestamp\":\""u8);
        Timestamp.Write(EventTime.Nanoseconds(outgoing), output.GetSpan(Timestamp.Length));
        output.Advance(Timestamp.Length);
        output.Write("\","u8);
    }

    private static bool HasTime(ReadOnlySpan<byte> spelled)
    {
        if (spelled.IndexOf("\"@timestamp\""u8) < 0) return false;
        var reader = new Utf8JsonReader(spelled);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("@timestamp"u8)) return true;
            reader.Skip();
        }

        return false;
    }
}
