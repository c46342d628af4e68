using System.Buffers.Binary;
using Sluice.Ledger;

namespace Sluice.Storage;

/// <summary>The tree grown by the roots of whole tiles, 256 leaves at a time: what can still be computed where the leaves are gone.</summary>
internal sealed class TileTree
{
    /// <summary>Levels of the tree inside a tile.</summary>
    public const int Levels = 8;

    /// <summary>Leaves of a tile.</summary>
    public const int Width = 1 << Levels;

    private readonly TreeState _tiles;

    /// <param name="start">A tree of whole tiles.</param>
    public TileTree(TreeState start) => _tiles = Resized(start, start.Size >> Levels);

    /// <summary>Leaves, those under the roots.</summary>
    public long Size => _tiles.Size << Levels;

    /// <summary>Appends a tile's root and tells what became complete, from the level above the tile's on.</summary>
    public int Append(in Digest root, Span<Digest> completed) => _tiles.Append(root, completed);

    public TreeState ToTree() => Resized(_tiles, Size);

    /// <summary>The tree some leaves further, inside the next tile.</summary>
    public TreeState With(ReadOnlySpan<Digest> leaves)
    {
        var rest = new TreeState();
        foreach (ref readonly var leaf in leaves) rest.Append(leaf);
        return Resized(_tiles, Size + leaves.Length, rest);
    }

    /// <summary>The root over a power of two of neighbours, whose memory it uses.</summary>
    public static Digest FoldPerfect(Span<Digest> hashes)
    {
        for (var width = hashes.Length; width > 1; width /= 2)
        {
            for (var i = 0; i < width / 2; i++) hashes[i] = MerkleHash.Node(hashes[2 * i], hashes[2 * i + 1]);
        }

        return hashes[0];
    }

    /// <summary>A tree of n tiles has the same complete subtrees as one of 256 n leaves: only the number differs.</summary>
    private static TreeState Resized(TreeState state, long size, TreeState? more = null)
    {
        byte[] bytes = [.. state.ToBytes(), .. more is null ? [] : more.ToBytes()[sizeof(long)..]];
        BinaryPrimitives.WriteInt64BigEndian(bytes, size);
        return TreeState.FromBytes(bytes);
    }
}
