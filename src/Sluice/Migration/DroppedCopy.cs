using Npgsql;
using NpgsqlTypes;
using Sluice.Storage;
using Sluice.Storage.Sqlite;
using Sluice.Verification;

namespace Sluice.Migration;

/// <summary>Writes what a folder keeps of the events that retention dropped, and where the ledger therefore begins. It was verified before.</summary>
internal static class DroppedCopy
{
    public static async Task WriteAsync(NpgsqlConnection target, short ledger, string folder, DroppedEnd dropped)
    {
        using var archive = UntouchedFile.Open(DroppedArchive.PathOf(folder));
        await WriteNodesAsync(target, ledger, archive);
        await WriteTilesAsync(target, ledger, archive);
        await using var begin = new NpgsqlCommand("UPDATE ledger_heads SET size = $2, first_sequence = $2, persisted_at = $3, tree = $4 WHERE id = $1 AND size = 0", target)
        {
            Parameters =
            {
                new NpgsqlParameter<short> { TypedValue = ledger }, new NpgsqlParameter<long> { TypedValue = dropped.Tree.Size },
                new NpgsqlParameter<long> { TypedValue = dropped.PersistedAt }, new NpgsqlParameter<byte[]> { TypedValue = dropped.Tree.ToBytes() },
            },
        };
        if (await begin.ExecuteNonQueryAsync() == 0) throw new StorageUnavailableException("Somebody else writes to the database. End the other migration, then run this one again.");
    }

    private static async Task WriteNodesAsync(NpgsqlConnection target, short ledger, Database archive)
    {
        using var select = archive.Prepare("SELECT level, number, hash FROM nodes");
        await using var rows = await target.BeginBinaryImportAsync("COPY nodes (ledger, level, number, hash) FROM STDIN (FORMAT BINARY)");
        while (select.Step())
        {
            await rows.StartRowAsync();
            await rows.WriteAsync(ledger, NpgsqlDbType.Smallint);
            await rows.WriteAsync((short)(select.Long(0) * TileTree.Levels), NpgsqlDbType.Smallint);
            await rows.WriteAsync(select.Long(1), NpgsqlDbType.Bigint);
            await rows.WriteAsync(select.Blob(2).ToArray(), NpgsqlDbType.Bytea);
        }

        await rows.CompleteAsync();
    }

    private static async Task WriteTilesAsync(NpgsqlConnection target, short ledger, Database archive)
    {
        using var select = archive.Prepare("SELECT tile, hashes FROM leaves");
        await using var rows = await target.BeginBinaryImportAsync("COPY kept_tiles (ledger, number, hashes) FROM STDIN (FORMAT BINARY)");
        while (select.Step())
        {
            await rows.StartRowAsync();
            await rows.WriteAsync(ledger, NpgsqlDbType.Smallint);
            await rows.WriteAsync(select.Long(0), NpgsqlDbType.Bigint);
            await rows.WriteAsync(select.Blob(1).ToArray(), NpgsqlDbType.Bytea);
        }

        await rows.CompleteAsync();
    }
}
