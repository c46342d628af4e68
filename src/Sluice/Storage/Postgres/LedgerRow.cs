using Npgsql;

namespace Sluice.Storage.Postgres;

/// <summary>A ledger's row: what is committed.</summary>
/// <param name="Identity">Made with the ledger; another one is another ledger.</param>
/// <param name="Clock">The database's clock, in nanoseconds since 1970.</param>
/// <param name="IsReplica">The server repeats another one's changes and may be behind it.</param>
internal sealed record LedgerRow(Guid Identity, long Size, long PersistedAt, byte[] Tree, long First, long Clock, bool IsReplica)
{
    private const string Columns =
        "identity, size, persisted_at, tree, first_sequence, (extract(epoch FROM clock_timestamp()) * 1000000000)::bigint, pg_is_in_recovery()";

    public const string Select = $"SELECT {Columns} FROM ledger_heads WHERE id = $1";

    public const string Lock = $"SELECT {Columns} FROM ledger_heads WHERE id = $1 FOR UPDATE";

    public static async Task<LedgerRow> ReadAsync(NpgsqlConnection connection, short ledger)
    {
        await using var command = new NpgsqlCommand(Select, connection) { Parameters = { new NpgsqlParameter<short> { TypedValue = ledger } } };
        await using var reader = await command.ExecuteReaderAsync();
        return await NextAsync(reader);
    }

    /// <summary>The number that a ledger has in its tables.</summary>
    public static async Task<short> IdOfAsync(NpgsqlConnection connection, string name)
    {
        await using var command = new NpgsqlCommand("SELECT id FROM ledger_heads WHERE name = $1", connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = name } } };
        return await command.ExecuteScalarAsync() as short? ?? throw new StorageCorruptException($"The database has no ledger named {name}. Run 'sluice migrate', or restore it from a backup.");
    }

    public static async Task<LedgerRow> NextAsync(NpgsqlDataReader reader)
    {
        if (!await reader.ReadAsync()) throw new StorageCorruptException("The database has lost the row of the ledger. Restore it from a backup.");
        return new LedgerRow(
            reader.GetGuid(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetBoolean(6));
    }
}
