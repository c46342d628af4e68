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

    public void Write(in StoredEvent stored, IBufferWriter<byte> output)
    {
        var span = output.GetSpan(stored.Body.Length + LedgerMembers);
        output.Advance(Write(stored, span));
    }

    private static int Write(in StoredEvent stored, Span<byte> span)
    {
        var open = stored.Body.Span[..^1];
        open.CopyTo(span);
        var at = open.Length;
        at += Put(open.Length > 1 ? ",\"sequence\":"u8 : "\"sequence\":"u8, span[at..]);
        Utf8Formatter.TryFormat(stored.Sequence, span[at..], out var digits);
        at += digits;
        at += Put(",\"persisted_at\":\""u8, span[at..]);
        Timestamp.Write(stored.PersistedAt, span[at..]);
        at += Timestamp.Length;
        at += Put("\",\"integrity_hash\":\"sha256:"u8, span[at..]);
        Span<byte> digest = stackalloc byte[Digest.Size];
        stored.Digest.CopyTo(digest);
        Convert.TryToHexStringLower(digest, span[at..], out var hex);
        return at + hex + Put("\"}"u8, span[(at + hex)..]);
    }

    private static int Put(ReadOnlySpan<byte> text, Span<byte> span)
    {
        text.CopyTo(span);
        return text.Length;
    }
}
