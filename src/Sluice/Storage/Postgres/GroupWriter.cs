using Npgsql;
using NpgsqlTypes;

namespace Sluice.Storage.Postgres;

/// <summary>Writes a group inside the transaction that holds the ledger's row lock, and commits it.</summary>
internal static class GroupWriter
{
    public static async Task WriteAsync(NpgsqlConnection connection, SegmentTables tables, IWrittenGroup pending)
    {
        foreach (var part in pending.Parts)
        {
            var segment = tables.NumberOf(part.First);
            if (part.First % tables.Capacity == 0) await CreateAsync(connection, tables.Create(segment));
            await using var copy = await connection.BeginRawBinaryCopyAsync($"COPY {tables.Events(segment)} (ledger, sequence, persisted_at, digest, body) FROM STDIN (FORMAT BINARY)");
            await copy.WriteAsync(part.Rows);
        }

        await CommitAsync(connection, tables, pending);
    }

    private static async Task CreateAsync(NpgsqlConnection connection, IEnumerable<string> statements)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements) batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// The notification stands behind the commit: inside, PostgreSQL would let only one transaction of the whole database commit at a time.
    /// </summary>
    private static async Task CommitAsync(NpgsqlConnection connection, SegmentTables tables, IWrittenGroup pending)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var part in pending.Parts) batch.BatchCommands.Add(Group(tables, part));
        if (pending.Nodes.Count > 0) batch.BatchCommands.Add(Nodes(tables.Ledger, pending));
        batch.BatchCommands.Add(Ledger(tables.Ledger, pending));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        batch.BatchCommands.Add(Notification(tables.Ledger, pending.Tree.Size));
        await batch.ExecuteNonQueryAsync();
    }

    private static NpgsqlBatchCommand Group(SegmentTables tables, PendingGroup.Part part) => new(
        $"INSERT INTO {tables.Groups(tables.NumberOf(part.First))} (ledger, first_sequence, count, root, keys) VALUES ($1, $2, $3, $4, $5)")
    {
        Parameters =
        {
            new NpgsqlParameter<short> { TypedValue = tables.Ledger }, new NpgsqlParameter<long> { TypedValue = part.First }, new NpgsqlParameter<int> { TypedValue = part.Count },
            new NpgsqlParameter<byte[]> { TypedValue = part.Root }, new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = part.Keys, NpgsqlDbType = NpgsqlDbType.Bytea },
        },
    };

    private static NpgsqlBatchCommand Nodes(short ledger, IWrittenGroup pending) => new(
        "INSERT INTO nodes (ledger, level, number, hash) SELECT $1, level, number, hash FROM unnest($2, $3, $4) AS new (level, number, hash)")
    {
        Parameters =
        {
            new NpgsqlParameter<short> { TypedValue = ledger },
            new NpgsqlParameter<short[]> { TypedValue = [.. pending.Nodes.Select(node => node.Level)] },
            new NpgsqlParameter<long[]> { TypedValue = [.. pending.Nodes.Select(node => node.Number)] },
            new NpgsqlParameter<byte[][]> { TypedValue = [.. pending.Nodes.Select(node => node.Hash.ToArray())] },
        },
    };

    private static NpgsqlBatchCommand Ledger(short ledger, IWrittenGroup pending) => new("UPDATE ledger_heads SET size = $2, persisted_at = $3, tree = $4 WHERE id = $1")
    {
        Parameters =
        {
            new NpgsqlParameter<short> { TypedValue = ledger }, new NpgsqlParameter<long> { TypedValue = pending.Tree.Size },
            new NpgsqlParameter<long> { TypedValue = pending.PersistedAt }, new NpgsqlParameter<byte[]> { TypedValue = pending.Tree.ToBytes() },
        },
    };

    private static NpgsqlBatchCommand Notification(short ledger, long size) => new(LedgerChannel.Notify)
    {
        Parameters = { new NpgsqlParameter<string> { TypedValue = LedgerChannel.Text(ledger, size) } },
    };
}
