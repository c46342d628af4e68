using Sluice.Ledger;

namespace Sluice.Storage.Sqlite;

/// <summary>Hashes of complete subtrees, from the segments that are kept and from what is kept of the others.</summary>
internal sealed class LedgerNodes(SegmentReaders segments, DroppedArchive dropped)
{
    /// <exception cref="DroppedHashException">It lies inside a tile whose leaves went with their segment.</exception>
    public Digest Node(NodeId node)
    {
        var tileLevel = node.Level / TileTree.Levels;
        var hashes = new Digest[1 << (node.Level % TileTree.Levels)];
        var first = node.Index << (node.Level % TileTree.Levels);
        if (tileLevel == 0) ReadLeaves(first, hashes);
        else ReadNodes(tileLevel, first, hashes);
        return TileTree.FoldPerfect(hashes);
    }

    private void ReadLeaves(long first, Digest[] leaves)
    {
        if (segments.TryUse(SegmentFile.NumberOf(first), reader => reader.ReadLeaves(first, leaves))) return;
        var tile = dropped.Leaves(first >> TileTree.Levels) ?? throw new DroppedHashException(first, first + leaves.Length - 1);
        tile.AsSpan((int)(first % TileTree.Width), leaves.Length).CopyTo(leaves);
    }

    private void ReadNodes(int level, long first, Digest[] hashes)
    {
        for (var i = 0; i < hashes.Length; i++)
        {
            var (at, number) = (i, first + i);
            var lastLeaf = ((number + 1) << (TileTree.Levels * level)) - 1;
            if (!segments.TryUse(SegmentFile.NumberOf(lastLeaf), reader => hashes[at] = reader.ReadNode(level, number))) hashes[at] = dropped.Node(level, number);
        }
    }
}
