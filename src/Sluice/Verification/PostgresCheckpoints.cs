using Npgsql;
using Sluice.Ledger;
using Sluice.Secrets;
using Sluice.Storage;
using Sluice.Tenants;

namespace Sluice.Verification;

/// <summary>The checkpoints in a database. It blocks: the tree meets them in the middle of its growing.</summary>
internal sealed class PostgresCheckpoints(NpgsqlConnection connection, string ledger) : IStoredCheckpoints
{
    public void RequireWhole()
    {
        using var stray = Command("SELECT count(*) FROM checkpoints WHERE ledger NOT IN ($1, $2)", LedgerIdentities.MainLedger, TenantNames.Sluice);
        if ((long)stray.ExecuteScalar()! > 0) throw new StorageCorruptException("some are of a ledger that there is not");
    }

    public VerifierKey? ReadKey()
    {
        using var select = Command("SELECT origin, public_key FROM ledgers WHERE name = $1", ledger);
        using var reader = select.ExecuteReader();
        return reader.Read() ? SqliteCheckpoints.KeyOf(reader.GetString(0), reader.GetFieldValue<byte[]>(1)) : null;
    }

    public long ReadNewest()
    {
        using var select = Command("SELECT coalesce(max(size), -1) FROM checkpoints WHERE ledger = $1", ledger);
        return (long)select.ExecuteScalar()!;
    }

    public IReadOnlyList<SignedCheckpoint> Read(long after, long upTo, int most)
    {
        using var select = Command("SELECT size, note FROM checkpoints WHERE ledger = $1 AND size > $2 AND size <= $3 ORDER BY size LIMIT $4", ledger, after, upTo, (long)most);
        using var reader = select.ExecuteReader();
        var notes = new List<SignedCheckpoint>();
        while (reader.Read()) notes.Add(new SignedCheckpoint(reader.GetInt64(0), reader.GetString(1)));
        return notes;
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
