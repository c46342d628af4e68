using System.Buffers;
using System.Text.Json;
using Sluice.Delivery;
using Sluice.Destinations.Json;
using Sluice.Events;

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
        JsonString.Write(tenantId is null ? [.. head.TenantId, (byte)':', .. head.Id] : head.Id, output);
        output.Write("}}\n"u8);
    }

    /// <summary>The event as it is spelled, with the time that data streams want before its own members; a profile may have written it already.</summary>
    private static void WriteDocument(OutgoingEvent outgoing, IBufferWriter<byte> output)
    {
        var spelled = outgoing.Spelled.Span;
        var isObject = spelled[0] == '{';
        if (isObject && HasTime(spelled))
        {
            output.Write(spelled);
            output.Write("\n"u8);
            return;
        }

        output.Write("{\"@timestamp\":\""u8);
        Timestamp.Write(EventTime.Nanoseconds(outgoing), output.GetSpan(Timestamp.Length));
        output.Advance(Timestamp.Length);
        output.Write(isObject ? "\","u8 : "\",\"message\":"u8);
        output.Write(isObject ? spelled[1..] : spelled);
        output.Write(isObject ? "\n"u8 : "}\n"u8);
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
