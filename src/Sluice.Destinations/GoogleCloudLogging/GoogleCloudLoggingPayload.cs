using System.Buffers;
using System.Text;
using System.Text.Json;
using Sluice.Delivery;
using Sluice.Events;
using Sluice.Ledger;

namespace Sluice.Destinations.GoogleCloudLogging;

/// <summary>A body of <c>entries:write</c>. The event is the entry's payload as its profile spells it.</summary>
internal sealed class GoogleCloudLoggingPayload
{
    private const long Second = 1_000_000_000;

    /// <summary>Older entries are accepted and not stored: thirty days is what a bucket keeps unless its owner says otherwise.</summary>
    private const long Oldest = 30L * 24 * 3_600 * Second;

    /// <summary>Entries more than a day ahead are refused; an hour is for clocks that differ.</summary>
    private const long Newest = 23L * 3_600 * Second;

    private readonly byte[] _beginning;
    private readonly bool _isOfAllTenants;

    /// <param name="tenantId">Null for a destination of all tenants: there an event's id alone is not unique.</param>
    public GoogleCloudLoggingPayload(GoogleCloudLoggingSettings settings, string? tenantId)
    {
        _isOfAllTenants = tenantId is null;
        _beginning = Encoding.UTF8.GetBytes(
            $"{{\"logName\":{Quoted(settings.LogName)},\"resource\":{{\"type\":\"global\",\"labels\":{{\"project_id\":{Quoted(settings.ProjectId)}}}}},\"partialSuccess\":true,\"entries\":[");
    }

    /// <summary>Bytes around each event, as a rule; longer ids and tenants are far from the provider's limit of 10 MB.</summary>
    public const int Overhead = 300;

    public void Write(EventBatch batch, long now, IBufferWriter<byte> output)
    {
        output.Write(_beginning);
        for (var i = 0; i < batch.Count; i++)
        {
            if (i > 0) output.Write(","u8);
            WriteEntry(batch[i], now, output);
        }

        output.Write("]}"u8);
    }

    private void WriteEntry(OutgoingEvent outgoing, long now, IBufferWriter<byte> output)
    {
        var head = outgoing.Head;
        output.Write("{\"insertId\":"u8);
        CanonicalJson.WriteString(_isOfAllTenants ? [.. head.TenantId, (byte)':', .. head.Id] : head.Id, output);
        output.Write(",\"severity\":"u8);
        output.Write(EventDetails.Of(outgoing.Stored.Body.Span).IsSuccess ? "\"NOTICE\""u8 : "\"WARNING\""u8);
        output.Write(IsInWindow(head.Timestamp, now) ? ",\"timestamp\":"u8 : ",\"labels\":{\"event_timestamp\":"u8);
        CanonicalJson.WriteString(head.Timestamp, output);
        output.Write(IsInWindow(head.Timestamp, now) ? ",\"labels\":{\"tenant_id\":"u8 : ",\"tenant_id\":"u8);
        CanonicalJson.WriteString(head.TenantId, output);
        output.Write(outgoing.IsJson ? "},\"jsonPayload\":"u8 : "},\"textPayload\":"u8);
        outgoing.WriteValue(output);
        output.Write("}"u8);
    }

    /// <summary>An entry without a time gets that of its arrival, and is kept.</summary>
    private static bool IsInWindow(ReadOnlySpan<byte> timestamp, long now) =>
        Timestamp.TryParse(timestamp, out var time) && time > now - Oldest && time < now + Newest;

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
