using System.Text.Json;
using Sluice.Ledger;

namespace Sluice.Events;

/// <summary>Reads an event's index keys back from its stored body: what rebuilding an index, or recovering an unfinished run, needs.</summary>
internal static class BodyKeys
{
    public static IndexKeys Read(ReadOnlySpan<byte> body, in Digest digest, out EventTimes times)
    {
        var keys = default(IndexKeys);
        var timestamp = 0L;
        long? ended = null;
        ReadOnlySpan<byte> id = default;
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = EventLimits.Depth + 1 });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = (TopMember)TopMembers.IndexOf(reader.ValueSpan);
            reader.Read();
            switch (member)
            {
                case TopMember.Id: id = reader.ValueSpan; break;
                case TopMember.Timestamp: _ = Timestamp.TryParse(reader.ValueSpan, out timestamp); break;
                case TopMember.TenantId: keys[IndexKind.Tenant] = Hash(ref reader); break;
                case TopMember.Action: keys[IndexKind.Action] = Hash(ref reader); break;
                case TopMember.Outcome: keys[IndexKind.Outcome] = Hash(ref reader); break;
                case TopMember.RequestId: keys[IndexKind.Request] = Hash(ref reader); break;
                case TopMember.Actor: keys[IndexKind.Actor] = HashOfId(ref reader); break;
                case TopMember.Resource: keys[IndexKind.Resource] = HashOfId(ref reader); break;
                case TopMember.ApiCall: ended = BodyTimes.InCall(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        times = new EventTimes(timestamp, ended ?? timestamp);
        keys[IndexKind.Id] = KeyHash.OfId(keys[IndexKind.Tenant], id);
        keys[IndexKind.Digest] = KeyHash.OfDigest(digest);
        return keys;
    }

    private static ulong HashOfId(ref Utf8JsonReader reader)
    {
        var hash = KeyHash.Absent;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.String) hash = Hash(ref reader);
            else reader.Skip();
        }

        return hash;
    }

    private static ulong Hash(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.IsEmpty) return KeyHash.Absent;
        if (!reader.ValueIsEscaped) return KeyHash.Of(reader.ValueSpan);
        var text = new byte[reader.ValueSpan.Length];
        return KeyHash.Of(text.AsSpan(0, reader.CopyString(text)));
    }
}
