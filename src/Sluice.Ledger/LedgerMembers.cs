using System.Text.Json;

namespace Sluice.Ledger;

/// <summary>What an exported event shows beside itself. The proof is a range of the event's text; an absent one is empty.</summary>
internal struct LedgerMembers
{
    public long? Sequence;
    public Digest? IntegrityHash;

    /// <summary>The array of proof hashes, brackets included.</summary>
    public Range Proof;

    private int _seen;

    public readonly bool AreAny => _seen != 0;

    /// <summary>Takes the member whose name the reader stands on, and goes to its last token.</summary>
    public void Take(EventMember member, ref Utf8JsonReader reader)
    {
        if ((_seen & (1 << (int)member)) != 0)
            throw new FormatException("A member is named twice.");

        _seen |= 1 << (int)member;
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        if (member == EventMember.Sequence)
            Sequence = TakeSequence(ref reader);
        else if (member == EventMember.IntegrityHash)
            IntegrityHash = TakeHash(ref reader);
        else
            reader.Skip();

        if (member == EventMember.Proof)
            Proof = start..(int)reader.BytesConsumed;
    }

    private static long TakeSequence(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var sequence) && sequence >= 0
            ? sequence
            : throw new FormatException("sequence is not a whole number from 0.");

    private static Digest TakeHash(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && EventHash.TryParseText(reader.ValueSpan, out var digest)
            ? digest
            : throw new FormatException("integrity_hash is not sha256: and 64 hex digits.");
}
