namespace Sluice.Ledger;

/// <summary>The hashes of RFC 6962: prefixes keep a node from ever passing for a leaf.</summary>
public static class MerkleHash
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;
    private const int LongestOnStack = 1024;

    /// <summary>The root of a tree without leaves: the hash of nothing, not 32 zero bytes.</summary>
    public static Digest EmptyRoot { get; } = Digest.Sha256([]);

    public static Digest Leaf(in Digest entry)
    {
        Span<byte> input = stackalloc byte[1 + Digest.Size];
        input[0] = LeafPrefix;
        entry.CopyTo(input[1..]);
        return Digest.Sha256(input);
    }

    /// <param name="entry">The exact bytes of the entry, never a new spelling of them.</param>
    public static Digest Leaf(ReadOnlySpan<byte> entry)
    {
        var input = entry.Length < LongestOnStack ? stackalloc byte[1 + entry.Length] : new byte[1 + entry.Length];
        input[0] = LeafPrefix;
        entry.CopyTo(input[1..]);
        return Digest.Sha256(input);
    }

    public static Digest Node(in Digest left, in Digest right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Digest.Size)];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Digest.Size)..]);
        return Digest.Sha256(input);
    }
}
