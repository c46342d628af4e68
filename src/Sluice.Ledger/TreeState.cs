using System.Buffers.Binary;
using System.Numerics;

namespace Sluice.Ledger;

/// <summary>
/// All that is needed to go on appending: the size and the roots of the complete subtrees that its set bits stand for,
/// largest first. One writer at a time.
/// </summary>
public sealed class TreeState
{
    /// <summary>Most levels that one leaf can complete, and so the length that <c>completed</c> never outgrows.</summary>
    public const int MaxLevels = 63;

    private readonly Digest[] _roots;
    private int _count;

    public TreeState() => _roots = new Digest[MaxLevels];

    private TreeState(TreeState other)
    {
        Size = other.Size;
        _count = other._count;
        _roots = (Digest[])other._roots.Clone();
    }

    /// <summary>How many leaves were appended.</summary>
    public long Size { get; private set; }

    public static TreeState FromBytes(ReadOnlySpan<byte> bytes)
    {
        var size = bytes.Length >= sizeof(long) ? BinaryPrimitives.ReadInt64BigEndian(bytes) : -1;
        if (size < 0 || bytes.Length != sizeof(long) + (BitOperations.PopCount((ulong)size) * Digest.Size))
            throw new FormatException("These bytes are no tree state.");

        var state = new TreeState { Size = size };
        for (var rest = bytes[sizeof(long)..]; rest.Length > 0; rest = rest[Digest.Size..])
            state._roots[state._count++] = Digest.From(rest[..Digest.Size]);
        return state;
    }

    public void Append(in Digest leafHash) => Add(leafHash, []);

    /// <summary>
    /// Appends and tells what became complete: <c>completed[k]</c> is the root of the subtree of level k + 1 whose last
    /// leaf this is.
    /// </summary>
    /// <param name="completed">Room for <see cref="MaxLevels"/> hashes.</param>
    /// <returns>How many levels were completed; often 0.</returns>
    public int Append(in Digest leafHash, Span<Digest> completed) =>
        completed.Length >= MaxLevels
            ? Add(leafHash, completed)
            : throw new ArgumentException($"Needs room for {MaxLevels} hashes.", nameof(completed));

    public Digest Root()
    {
        if (_count == 0)
            return MerkleHash.EmptyRoot;

        var root = _roots[_count - 1];
        for (var i = _count - 2; i >= 0; i--)
            root = MerkleHash.Node(_roots[i], root);
        return root;
    }

    public TreeState Clone() => new(this);

    /// <summary>The size, big-endian, and one hash for each of its set bits.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[sizeof(long) + (_count * Digest.Size)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Size);
        for (var i = 0; i < _count; i++)
            _roots[i].CopyTo(bytes.AsSpan(sizeof(long) + (i * Digest.Size)));
        return bytes;
    }

    private int Add(in Digest leafHash, Span<Digest> completed)
    {
        var levels = BitOperations.TrailingZeroCount(~Size);
        var node = leafHash;
        for (var level = 0; level < levels; level++)
        {
            node = MerkleHash.Node(_roots[--_count], node);
            if (completed.Length > 0)
                completed[level] = node;
        }
        _roots[_count++] = node;
        Size++;
        return levels;
    }
}
