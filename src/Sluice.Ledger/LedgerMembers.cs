using System.Text.Json;

namespace Sluice.Ledger;

/// <summary>What an exported event shows beside itself. Ranges are of the event's text; an absent member is empty.</summary>
internal struct LedgerMembers
{
    public long? Sequence;
    public Digest? IntegrityHash;

    /// <summary>The array of proof hashes, brackets included.</summary>
    public Range Proof;

    private Names _seen;

    [Flags]
    private enum Names
    {
        None = 0,
        Sequence = 1,
        PersistedAt = 2,
        IntegrityHash = 4,
        Proof = 8,
    }

    /// <summary>Takes the member whose name the reader stands on, if it is one of these, and goes to its last token.</summary>
    public bool TryTake(ref Utf8JsonReader reader)
    {
        var name = NameAt(ref reader);
        if (name == Names.None)
            return false;
        if ((_seen & name) != 0)
            throw new FormatException("A member is named twice.");

        _seen |= name;
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        switch (name)
        {
            case Names.Sequence:
                Sequence = TakeSequence(ref reader);
                break;
            case Names.IntegrityHash:
                IntegrityHash = TakeHash(ref reader);
                break;
            default:
                reader.Skip();
                break;
        }
        if (name == Names.Proof)
            Proof = start..(int)reader.BytesConsumed;
        return true;
    }

    private static Names NameAt(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("sequence"u8) ? Names.Sequence
        : reader.ValueTextEquals("persisted_at"u8) ? Names.PersistedAt
        : reader.ValueTextEquals("integrity_hash"u8) ? Names.IntegrityHash
        : reader.ValueTextEquals("proof"u8) ? Names.Proof
        : Names.None;

    private static long TakeSequence(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var sequence) && sequence >= 0
            ? sequence
            : throw new FormatException("sequence is not a whole number from 0.");

    private static Digest TakeHash(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && EventHash.TryParseText(reader.ValueSpan, out var digest)
            ? digest
            : throw new FormatException("integrity_hash is not sha256: and 64 hex digits.");
}
