using Sluice.Ledger;
using Sluice.Storage;

namespace Sluice.Verification;

/// <summary>
/// The tree of events that retention dropped, grown anew from the roots of their tiles: it must have every hash that is stored above them, and must be
/// that of every checkpoint that was signed there.
/// </summary>
/// <param name="changed">Says in a sentence what is damaged.</param>
internal sealed class DroppedTree(IDroppedHashes hashes, CheckpointTrail checkpoints, Func<string, LedgerFaultException> changed, CancellationToken cancellation)
{
    private readonly TileTree _tree = new(new TreeState());
    private readonly Digest[] _completed = new Digest[TreeState.MaxLevels];

    /// <param name="size">A number of whole tiles.</param>
    public TreeState Grow(long size)
    {
        while (_tree.Size < size)
        {
            cancellation.ThrowIfCancellationRequested();
            Meet();
            Append();
            checkpoints.MeetAt(_tree.Size, _tree.ToTree);
        }

        return _tree.ToTree();
    }

    private void Append()
    {
        var tile = _tree.Size >> TileTree.Levels;
        var levels = _tree.Append(hashes.Node(1, tile) ?? throw changed($"the hash over events {_tree.Size} to {_tree.Size + TileTree.Width - 1} is missing"), _completed);
        for (var level = TileTree.Levels; level <= levels; level += TileTree.Levels)
        {
            var (tileLevel, number) = (1 + (level / TileTree.Levels), (_tree.Size >> (TileTree.Levels + level)) - 1);
            if (hashes.Node(tileLevel, number) != _completed[level - 1]) throw changed($"a stored hash is not that of the hashes under it (level {tileLevel}, number {number})");
        }
    }

    /// <summary>Meets the checkpoints that end inside the next tile.</summary>
    private void Meet()
    {
        while (checkpoints.NextSize is { } size && size > _tree.Size && size < _tree.Size + TileTree.Width)
        {
            var leaves = hashes.Leaves(_tree.Size >> TileTree.Levels) ?? throw changed($"the hashes that lead to the checkpoint of {size} events are missing");
            if (RootOf(leaves) != hashes.Node(1, _tree.Size >> TileTree.Levels)) throw changed($"the hashes that lead to the checkpoint of {size} events are not those of their tile");
            checkpoints.Meet(_tree.With(leaves.AsSpan(..(int)(size - _tree.Size))));
        }
    }

    private static Digest RootOf(Digest[] leaves)
    {
        var tree = new TreeState();
        foreach (var leaf in leaves) tree.Append(leaf);
        return tree.Root();
    }
}
