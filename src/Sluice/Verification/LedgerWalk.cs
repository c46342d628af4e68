using Sluice.Ledger;
using Sluice.Storage;

namespace Sluice.Verification;

/// <summary>The tree grown anew over a ledger's events, page by page, and compared with every checkpoint on its way.</summary>
internal sealed class LedgerWalk(CheckpointTrail checkpoints)
{
    private readonly Digest[] _completed = new Digest[TreeState.MaxLevels];
    private readonly PageCheck _check = new();
    private readonly List<TreeNode> _nodes = [];

    /// <summary>The tree over the events that are right so far.</summary>
    public TreeState Tree { get; private set; } = new();

    /// <summary>When the last of them was persisted.</summary>
    public long PersistedAt { get; set; }

    /// <summary>Roots of tiles, and of tiles of tiles, that the last page completed.</summary>
    public IReadOnlyList<TreeNode> Nodes => _nodes;

    public void Begin(TreeState tree, long persistedAt) => (Tree, PersistedAt) = (tree, persistedAt);

    /// <param name="completed">Told each root that becomes complete.</param>
    /// <exception cref="LedgerFaultException">An event is wrong; the tree has grown by those before it.</exception>
    public void Take(EventPage page, Action<TreeNode> completed)
    {
        _nodes.Clear();
        _check.Run(page, Tree.Size, PersistedAt);
        foreach (ref readonly var leaf in _check.Leaves)
        {
            Grow(leaf, completed);
            checkpoints.Meet(Tree);
        }

        if (_check.Right > 0) PersistedAt = page[_check.Right - 1].PersistedAt;
        if (_check.Problem is not null) throw new LedgerFaultException(Tree.Size, _check.Problem);
    }

    /// <summary>A stored root is not that of the events under it.</summary>
    public LedgerFaultException Wrong(TreeNode node) => new(new LedgerFault(node.Number << (TileTree.Levels * node.Level), Tree.Size - 1,
        $"The tree's stored hash over these events is not theirs: it is damaged (level {node.Level}, number {node.Number}), or one of them was replaced."));

    private void Grow(in Digest leaf, Action<TreeNode> completed)
    {
        var levels = Tree.Append(leaf, _completed);
        for (var level = TileTree.Levels; level <= levels; level += TileTree.Levels)
        {
            var node = new TreeNode(level / TileTree.Levels, (Tree.Size >> level) - 1, _completed[level - 1]);
            _nodes.Add(node);
            completed(node);
        }
    }
}

/// <summary>The root of 256^<paramref name="Level"/> leaves.</summary>
internal readonly record struct TreeNode(int Level, long Number, Digest Hash);
