using System.Runtime.InteropServices;
using Npgsql;
using Sluice.Ledger;

namespace Sluice.Storage.Postgres;

/// <summary>Reads hashes of the tree from the database: leaves from digests, nodes above whole tiles from their table.</summary>
internal static class LeafHashes
{
    /// <summary>Neighbouring hashes of a level that is a multiple of 8, as many of them as there are.</summary>
    public static async Task<Digest[]> ReadAsync(NpgsqlConnection connection, SegmentTables tables, int level, long first, int count)
    {
        if (level > 0) return await HashesAsync(connection, "SELECT hash FROM nodes WHERE ledger = $1 AND level = $4 AND number >= $2 AND number < $3 ORDER BY number", tables, first, count, (short)level);
        var table = tables.Events(tables.NumberOf(first));
        var leaves = await HashesAsync(connection, $"SELECT digest FROM {table} WHERE ledger = $1 AND sequence >= $2 AND sequence < $3 ORDER BY sequence", tables, first, count);
        for (var i = 0; i < leaves.Length; i++) leaves[i] = MerkleHash.Leaf(leaves[i]);
        return leaves;
    }

    /// <summary>The root that the tree in the database had at a size, read anew.</summary>
    public static async Task<Digest> RootAsync(NpgsqlConnection connection, SegmentTables tables, long size)
    {
        var roots = new List<Digest>();
        foreach (var node in Proofs.Subtrees(new LeafRange(0, size)))
        {
            var above = node.Level % TileTree.Levels;
            var hashes = await ReadAsync(connection, tables, node.Level - above, node.Index << above, 1 << above);
            if (hashes.Length < 1 << above) throw new StorageCorruptException($"Hashes of level {node.Level - above} from {node.Index << above} on are missing from the database.");
            roots.Add(TileTree.FoldPerfect(hashes));
        }

        return Proofs.Fold(roots);
    }

    /// <summary>The leaves of a tile that was kept when its segment was dropped; null when it was not.</summary>
    public static async Task<Digest[]?> KeptAsync(NpgsqlConnection connection, SegmentTables tables, long number)
    {
        await using var command = new NpgsqlCommand("SELECT hashes FROM kept_tiles WHERE ledger = $1 AND number = $2", connection)
        {
            Parameters = { new NpgsqlParameter<short> { TypedValue = tables.Ledger }, new NpgsqlParameter<long> { TypedValue = number } },
        };
        return await command.ExecuteScalarAsync() is byte[] hashes ? MemoryMarshal.Cast<byte, Digest>(hashes).ToArray() : null;
    }

    private static async Task<Digest[]> HashesAsync(NpgsqlConnection connection, string query, SegmentTables tables, long first, int count, short? level = null)
    {
        await using var command = new NpgsqlCommand(query, connection)
        {
            Parameters = { new NpgsqlParameter<short> { TypedValue = tables.Ledger }, new NpgsqlParameter<long> { TypedValue = first }, new NpgsqlParameter<long> { TypedValue = first + count } },
        };
        if (level is { } given) command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = given });
        await using var reader = await command.ExecuteReaderAsync();
        var hashes = new List<Digest>(count);
        while (await reader.ReadAsync()) hashes.Add(Digest.From(reader.GetFieldValue<byte[]>(0)));
        return [.. hashes];
    }
}
