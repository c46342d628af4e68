using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Sluice.Profiles;
using Sluice.Query;
using Sluice.Storage;

namespace Sluice.Server.Dialects.Zitadel;

/// <summary>
/// Events as ZITADEL's API answers them. The aggregate is what the event is about, its owner is the tenant; what an event does not have is left out, as
/// protocol buffers do. One is for one answer: it remembers the labels.
/// </summary>
internal sealed class ZitadelEvent(ZitadelLabels labels)
{
    private readonly Dictionary<byte[], byte[]> _events = new(BytesComparer.Instance), _aggregates = new(BytesComparer.Instance);

    private readonly ArrayBufferWriter<byte> _event = new(4096);

    /// <summary>An event is put together first: writers of answers are slow at many small pieces.</summary>
    public void Write(in StoredEvent stored, IBufferWriter<byte> output)
    {
        _event.ResetWrittenCount();
        Write(new EventText(stored, LedgerParts.All), _event);
        output.Write(_event.WrittenSpan);
    }

    private void Write(in EventText e, ArrayBufferWriter<byte> output)
    {
        var json = new MemberWriter(output);
        json.Open();
        WriteEditor(e, ref json);
        json.Open("aggregate"u8);
        json.Copy("id"u8, EventSubject.Id(e));
        WriteType(EventSubject.Type(e), ZitadelType.Aggregate, _aggregates, ref json);
        json.Copy("resourceOwner"u8, e[EventField.TenantId]);
        json.Close();
        WriteSequence(e.Stored.Sequence, ref json);
        json.Time("creationDate"u8, e[EventField.Timestamp], 6);
        json.Copy("payload"u8, e[EventField.Metadata]);
        WriteType(e[EventField.Action], ZitadelType.Event, _events, ref json);
        json.Close();
    }

    private static void WriteEditor(in EventText e, ref MemberWriter json)
    {
        json.Open("editor"u8);
        json.Copy("userId"u8, e[EventField.ActorId]);
        json.Copy("displayName"u8, e[EventField.ActorName]);
        json.Copy("service"u8, e[EventField.Service]);
        json.Close();
    }

    /// <summary>64-bit numbers are strings in the JSON of protocol buffers.</summary>
    private static void WriteSequence(long sequence, ref MemberWriter json)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(sequence, digits, out var length);
        json.Text("sequence"u8, digits[..length]);
    }

    private void WriteType(scoped ReadOnlySpan<byte> quoted, ZitadelType kind, Dictionary<byte[], byte[]> known, ref MemberWriter json)
    {
        if (quoted.IsEmpty) return;
        var types = known.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!types.TryGetValue(quoted, out var text)) types[quoted] = text = kind.Text(Encoding.UTF8.GetString(JsonText.Plain(quoted)), labels);
        json.Copy("type"u8, text);
    }
}
