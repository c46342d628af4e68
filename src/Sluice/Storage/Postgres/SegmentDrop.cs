using Npgsql;
using Sluice.Ledger;

namespace Sluice.Storage.Postgres;

/// <summary>
/// Retention: 1. checks that the oldest segment may go and that its hashes are those of the tree; 2. keeps the leaves of the tiles that checkpoints end
/// in; 3. moves the ledger's beginning, from when on the segment is dropped; 4. removes its tables. A node that is killed in between leaves the rest to
/// whichever comes next.
/// </summary>
internal sealed class SegmentDrop(PostgresReads reads, SegmentTables tables, LedgerMemory memory)
{
    private const int TileLevel = TileTree.Levels;

    public async ValueTask<DroppedSegment?> DropAsync(long persistedBefore, IReadOnlyCollection<long> checkpointSizes, CancellationToken cancellation)
    {
        var (first, next) = (memory.First, memory.First + tables.Capacity);
        if (memory.Size <= next) return null;
        var last = await reads.AskAsync(connection => LastPersistedAtAsync(connection, next - 1));
        if (last is null || last >= persistedBefore) return null;
        await reads.AskAsync(connection => CheckAsync(connection, first));
        foreach (var tile in TilesOf(checkpointSizes, first, next))
        {
            cancellation.ThrowIfCancellationRequested();
            await reads.AskAsync(connection => KeepAsync(connection, tile));
        }

        var isOurs = await reads.AskAsync(connection => MoveAsync(connection, first, next));
        memory.BeginAt(next);
        if (!isOurs) return null;
        return new DroppedSegment(first, next - 1);
    }

    /// <summary>The tiles in which checkpoints of these sizes end; one that ends between tiles needs none.</summary>
    private static IEnumerable<long> TilesOf(IReadOnlyCollection<long> checkpointSizes, long first, long next) =>
        checkpointSizes.Where(size => size > first && size < next && size % TileTree.Width != 0).Select(size => size / TileTree.Width).Distinct();

    private async Task<long?> LastPersistedAtAsync(NpgsqlConnection connection, long last)
    {
        await using var command = new NpgsqlCommand($"SELECT persisted_at FROM {tables.Events(tables.NumberOf(last))} WHERE ledger = {tables.Ledger} AND sequence = {last}", connection);
        return await command.ExecuteScalarAsync() as long?;
    }

    /// <summary>The roots of the segment's tiles must lead to those above them: they are all that will be left of it.</summary>
    private async Task<bool> CheckAsync(NpgsqlConnection connection, long first)
    {
        var roots = await LeafHashes.ReadAsync(connection, tables, TileLevel, first / TileTree.Width, (int)(tables.Capacity / TileTree.Width));
        var above = await LeafHashes.ReadAsync(connection, tables, 2 * TileLevel, first / (TileTree.Width * TileTree.Width), (int)(tables.Capacity / (TileTree.Width * TileTree.Width)));
        for (var i = 0; i < above.Length; i++)
        {
            if (roots.Length < (i + 1) * TileTree.Width || TileTree.FoldPerfect(roots.AsSpan(i * TileTree.Width, TileTree.Width)) != above[i]) throw Damaged(first);
        }

        return above.Length == tables.Capacity / (TileTree.Width * TileTree.Width) ? true : throw Damaged(first);
    }

    private async Task<bool> KeepAsync(NpgsqlConnection connection, long tile)
    {
        var leaves = await LeafHashes.ReadAsync(connection, tables, 0, tile * TileTree.Width, TileTree.Width);
        var bytes = new byte[leaves.Length * Digest.Size];
        for (var i = 0; i < leaves.Length; i++) leaves[i].CopyTo(bytes.AsSpan(i * Digest.Size));
        var root = await LeafHashes.ReadAsync(connection, tables, TileLevel, tile, 1);
        if (leaves.Length != TileTree.Width || root.Length != 1 || TileTree.FoldPerfect(leaves) != root[0]) throw Damaged(tile * TileTree.Width);
        await using var command = new NpgsqlCommand("INSERT INTO kept_tiles (ledger, number, hashes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", connection)
        {
            Parameters = { new NpgsqlParameter<short> { TypedValue = tables.Ledger }, new NpgsqlParameter<long> { TypedValue = tile }, new NpgsqlParameter<byte[]> { TypedValue = bytes } },
        };
        return await command.ExecuteNonQueryAsync() >= 0;
    }

    /// <returns>False when another node was faster.</returns>
    private async Task<bool> MoveAsync(NpgsqlConnection connection, long first, long next)
    {
        await using var command = new NpgsqlCommand("UPDATE ledger_heads SET first_sequence = $3 WHERE id = $1 AND first_sequence = $2", connection)
        {
            Parameters = { new NpgsqlParameter<short> { TypedValue = tables.Ledger }, new NpgsqlParameter<long> { TypedValue = first }, new NpgsqlParameter<long> { TypedValue = next } },
        };
        return await command.ExecuteNonQueryAsync() == 1;
    }

    private static StorageCorruptException Damaged(long first) =>
        new($"The segment of event {first} does not have the tree that was built over its events, and is kept. Restore the database from a backup.");
}
