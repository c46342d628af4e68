using System.Buffers;
using System.Buffers.Text;
using Sluice.Events;
using Sluice.Ledger;
using Sluice.Storage;

namespace Sluice.Profiles;

/// <summary>The event as it is kept, with the ledger's three members put before its closing brace. The body is copied, never parsed.</summary>
public sealed class SluiceProfile : IProfile
{
    /// <summary>The three members need no more than this beyond the body.</summary>
    private const int LedgerMembers = 224;

    private SluiceProfile()
    {
    }

    public static SluiceProfile Instance { get; } = new();

    public string Name => "sluice";

    public void Write(in StoredEvent stored, IBufferWriter<byte> output) => Write(stored, LedgerParts.All, output);

    public void Write(in StoredEvent stored, LedgerParts shown, IBufferWriter<byte> output)
    {
        var span = output.GetSpan(stored.Body.Length + LedgerMembers);
        var open = stored.Body.Span[..^1];
        open.CopyTo(span);
        var at = open.Length;
        if (shown.HasFlag(LedgerParts.Sequence)) at += PutSequence(stored.Sequence, span, at);
        if (shown.HasFlag(LedgerParts.PersistedAt)) at += PutPersistedAt(stored.PersistedAt, span, at);
        if (shown.HasFlag(LedgerParts.IntegrityHash)) at += PutHash(stored.Digest, span, at);
        span[at++] = (byte)'}';
        output.Advance(at);
    }

    private static int PutSequence(long sequence, Span<byte> span, int start)
    {
        var at = start + PutName("\"sequence\":"u8, span, start);
        Utf8Formatter.TryFormat(sequence, span[at..], out var digits);
        return at + digits - start;
    }

    private static int PutPersistedAt(long time, Span<byte> span, int start)
    {
        var at = start + PutName("\"persisted_at\":\""u8, span, start);
        Timestamp.Write(time, span[at..]);
        at += Timestamp.Length;
        span[at++] = (byte)'"';
        return at - start;
    }

    private static int PutHash(in Digest hash, Span<byte> span, int start)
    {
        var at = start + PutName("\"integrity_hash\":\"sha256:"u8, span, start);
        Span<byte> digest = stackalloc byte[Digest.Size];
        hash.CopyTo(digest);
        Convert.TryToHexStringLower(digest, span[at..], out var hex);
        at += hex;
        span[at++] = (byte)'"';
        return at - start;
    }

    /// <summary>A comma stands before every member but an object's first.</summary>
    private static int PutName(ReadOnlySpan<byte> name, Span<byte> span, int at)
    {
        var comma = span[at - 1] == '{' ? 0 : 1;
        span[at] = (byte)',';
        name.CopyTo(span[(at + comma)..]);
        return name.Length + comma;
    }
}
