using Sluice.Ledger;

namespace Sluice.Storage.Postgres;

/// <summary>
/// Hashes by tiles of 256, the ones used last kept in memory: a hash never changes once it is there, and a proof asks for several of the same tile.
/// </summary>
internal sealed class HashTiles(PostgresReads reads, SegmentTables tables, LedgerMemory memory)
{
    /// <summary>8 KiB each.</summary>
    private const int Kept = 512;

    private readonly Lock _gate = new();
    private readonly Dictionary<(int Level, long Number), LinkedListNode<Tile>> _tiles = [];
    private readonly LinkedList<Tile> _byUse = [];

    /// <exception cref="DroppedHashException">It lies inside a tile whose leaves went with their segment.</exception>
    public async ValueTask<Digest> NodeAsync(NodeId node)
    {
        var above = node.Level % TileTree.Levels;
        var (level, first, count) = (node.Level - above, node.Index << above, 1 << above);
        var from = (int)(first % TileTree.Width);
        var hashes = Find(level, first / TileTree.Width);
        if (hashes is null || hashes.Length < from + count) Keep(level, first / TileTree.Width, hashes = await ReadAsync(level, first / TileTree.Width));
        if (hashes.Length >= from + count) return Fold(hashes.AsSpan(from, count));
        if (level == 0 && first < memory.First) throw new DroppedHashException(first, first + count - 1);
        throw new StorageCorruptException($"Hashes of level {level} from {first} on are missing from the database.");
    }

    private static Digest Fold(ReadOnlySpan<Digest> hashes)
    {
        if (hashes.Length == 1) return hashes[0];
        Span<Digest> room = stackalloc Digest[TileTree.Width / 2];
        hashes.CopyTo(room);
        return TileTree.FoldPerfect(room[..hashes.Length]);
    }

    private async ValueTask<Digest[]> ReadAsync(int level, long number)
    {
        var first = number * TileTree.Width;
        if (level == 0 && first < memory.First) return await reads.AskAsync(connection => LeafHashes.KeptAsync(connection, tables, number)) ?? [];
        var size = memory.Size >> level;
        var count = (int)Math.Min(TileTree.Width, size - first);
        return count <= 0 ? [] : await reads.AskAsync(connection => LeafHashes.ReadAsync(connection, tables, level, first, count));
    }

    private Digest[]? Find(int level, long number)
    {
        lock (_gate)
        {
            if (!_tiles.TryGetValue((level, number), out var found)) return null;
            _byUse.Remove(found);
            _byUse.AddFirst(found);
            return found.Value.Hashes;
        }
    }

    private void Keep(int level, long number, Digest[] hashes)
    {
        lock (_gate)
        {
            if (_tiles.Remove((level, number), out var old)) _byUse.Remove(old);
            _tiles[(level, number)] = _byUse.AddFirst(new Tile(level, number, hashes));
            if (_byUse.Count <= Kept) return;
            _tiles.Remove((_byUse.Last!.Value.Level, _byUse.Last.Value.Number));
            _byUse.RemoveLast();
        }
    }

    private sealed record Tile(int Level, long Number, Digest[] Hashes);
}
