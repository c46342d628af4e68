using System.Numerics;

namespace Sluice.Ledger;

/// <summary>The leaves from Start up to, not including, End, whose root is one hash of a proof.</summary>
public readonly record struct LeafRange(long Start, long End);

/// <summary>A complete subtree: the leaves from Index &lt;&lt; Level up to (Index + 1) &lt;&lt; Level. Level 0 are the leaf hashes.</summary>
public readonly record struct NodeId(int Level, long Index);

/// <summary>
/// Inclusion and consistency proofs (RFC 9162 §2.1.3 and §2.1.4). Making one is a plan of ranges, so that whoever has
/// the nodes reads only those; checking one needs nothing else.
/// </summary>
public static class Proofs
{
    /// <summary>No honest proof has more hashes.</summary>
    public const int MaxLength = 64;

    /// <summary>What proves that leaf <paramref name="index"/> is in the tree of <paramref name="size"/>: its sibling first.</summary>
    public static IReadOnlyList<LeafRange> Inclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);

        var (ranges, start, end) = (new List<LeafRange>(), 0L, size);
        while (end - start > 1)
            (start, end) = Descend(ranges, start, end, goLeft: index < Split(start, end));
        ranges.Reverse();
        return ranges;
    }

    /// <summary>What proves that the tree of <paramref name="from"/> leaves begins the tree of <paramref name="to"/>.</summary>
    public static IReadOnlyList<LeafRange> Consistency(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        if (from == 0)
            return [];

        var (ranges, start, end) = (new List<LeafRange>(), 0L, to);
        while (from != end)
            (start, end) = Descend(ranges, start, end, goLeft: from <= Split(start, end));
        if (start > 0)
            ranges.Add(new(start, end));
        ranges.Reverse();
        return ranges;
    }

    /// <summary>The complete subtrees, left to right, that make up a range; <see cref="Fold"/> joins their roots.</summary>
    public static IReadOnlyList<NodeId> Subtrees(LeafRange range)
    {
        var nodes = new List<NodeId>();
        for (var start = range.Start; start < range.End;)
        {
            var level = BitOperations.Log2((ulong)(range.End - start));
            if (start > 0)
                level = Math.Min(level, BitOperations.TrailingZeroCount(start));
            nodes.Add(new(level, start >> level));
            start += 1L << level;
        }
        return nodes;
    }

    /// <summary>The root over roots of complete subtrees, joined right to left.</summary>
    public static Digest Fold(IReadOnlyList<Digest> subtreeHashes)
    {
        if (subtreeHashes.Count == 0)
            return MerkleHash.EmptyRoot;

        var root = subtreeHashes[^1];
        for (var i = subtreeHashes.Count - 2; i >= 0; i--)
            root = MerkleHash.Node(subtreeHashes[i], root);
        return root;
    }

    public static bool VerifyInclusion(long index, long size, in Digest leafHash, IReadOnlyList<Digest> proof, in Digest root)
    {
        if (index < 0 || index >= size)
            return false;

        var path = new ProofPath(index, size - 1);
        var node = leafHash;
        for (var i = 0; i < proof.Count; i++)
        {
            if (path.IsAtRoot)
                return false;
            node = path.StepFromLeft() ? MerkleHash.Node(proof[i], node) : MerkleHash.Node(node, proof[i]);
        }
        return path.IsAtRoot && node == root;
    }

    public static bool VerifyConsistency(long from, long to, IReadOnlyList<Digest> proof, in Digest rootFrom, in Digest rootTo)
    {
        if (from < 0 || from > to)
            return false;
        if (from == to || from == 0)
            return proof.Count == 0 && rootFrom == (from == to ? rootTo : MerkleHash.EmptyRoot);

        var isWhole = BitOperations.IsPow2(from);
        if (!isWhole && proof.Count == 0)
            return false;

        var path = new ProofPath(from - 1, to - 1);
        path.SkipRightEdges();
        var old = isWhole ? rootFrom : proof[0];
        var now = old;
        for (var i = isWhole ? 0 : 1; i < proof.Count; i++)
        {
            if (path.IsAtRoot)
                return false;
            var fromLeft = path.StepFromLeft();
            if (fromLeft)
                old = MerkleHash.Node(proof[i], old);
            now = fromLeft ? MerkleHash.Node(proof[i], now) : MerkleHash.Node(now, proof[i]);
        }
        return path.IsAtRoot && old == rootFrom && now == rootTo;
    }

    private static (long Start, long End) Descend(List<LeafRange> ranges, long start, long end, bool goLeft)
    {
        var split = Split(start, end);
        ranges.Add(goLeft ? new(split, end) : new(start, split));
        return goLeft ? (start, split) : (split, end);
    }

    /// <summary>Where RFC 6962 divides leaves: the left part is the largest power of two that is less than all.</summary>
    private static long Split(long start, long end) => start + (1L << BitOperations.Log2((ulong)(end - start - 1)));
}
