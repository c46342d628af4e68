using Sluice.Ledger;

namespace Sluice.Storage.Sqlite;

/// <summary>A sealed segment on its way out: what is kept of it, checked against its tree before anything is lost.</summary>
internal sealed class SealedSegment : IDisposable
{
    private readonly Database _database;
    private readonly SegmentReader _reader;
    private readonly Dictionary<long, Digest> _tiles = [];

    public SealedSegment(string folder, long number)
    {
        Number = number;
        _reader = new SegmentReader(SegmentFile.PathOf(folder, number));
        _database = Database.OpenReadOnly(SegmentFile.PathOf(folder, number));
        (End, LastPersistedAt) = SegmentFile.ReadTree(_database, "end");
    }

    public long Number { get; }

    public long First => Number * SegmentFile.Capacity;

    public long Last => First + SegmentFile.Capacity - 1;

    public long FirstPersistedAt => _database.Scalar($"SELECT persisted_at FROM events WHERE sequence={First}");

    public long LastPersistedAt { get; }

    public TreeState End { get; }

    /// <summary>Reads the roots of its tiles and of everything that they completed.</summary>
    /// <param name="start">The tree in front of the segment, from which these roots must lead to its end.</param>
    /// <exception cref="StorageCorruptException">They do not.</exception>
    public void ReadHashes(TreeState start, Action<int, long, Digest> receive)
    {
        var (tree, completed) = (new TileTree(start), new Digest[TreeState.MaxLevels]);
        for (var tile = First >> TileTree.Levels; tile <= Last >> TileTree.Levels; tile++)
        {
            var root = _reader.ReadNode(1, tile);
            _tiles.Add(tile, root);
            receive(1, tile, root);
            var levels = tree.Append(root, completed);
            for (var level = TileTree.Levels; level <= levels; level += TileTree.Levels)
                receive(1 + (level / TileTree.Levels), (tree.Size >> (TileTree.Levels + level)) - 1, completed[level - 1]);
        }

        if (!tree.ToTree().ToBytes().AsSpan().SequenceEqual(End.ToBytes()))
            throw new StorageCorruptException($"Segment {Number} does not have the tree that was built over its events, and is kept. Run 'sluice verify' on the data folder.");
    }

    /// <summary>The tiles in which checkpoints of these sizes end; one that ends between tiles needs none.</summary>
    public IEnumerable<long> TilesOf(IReadOnlyCollection<long> checkpointSizes) =>
        checkpointSizes.Where(size => size > First && size <= Last && size % TileTree.Width != 0).Select(size => size >> TileTree.Levels).Distinct();

    /// <summary>The hashes of a tile's leaves, one behind the other. Called after <see cref="ReadHashes"/>.</summary>
    public byte[] ReadLeaves(long tile)
    {
        var leaves = new Digest[TileTree.Width];
        _reader.ReadLeaves(tile << TileTree.Levels, leaves);
        var (tree, bytes) = (new TreeState(), new byte[TileTree.Width * Digest.Size]);
        for (var i = 0; i < leaves.Length; i++)
        {
            tree.Append(leaves[i]);
            leaves[i].CopyTo(bytes.AsSpan(i * Digest.Size));
        }

        return tree.Root() == _tiles[tile]
            ? bytes
            : throw new StorageCorruptException($"Events {tile << TileTree.Levels} to {((tile + 1) << TileTree.Levels) - 1} are not those that the tree was built over; segment {Number} is kept. Run 'sluice verify' on the data folder.");
    }

    public void Dispose()
    {
        _reader.Dispose();
        _database.Dispose();
    }
}
