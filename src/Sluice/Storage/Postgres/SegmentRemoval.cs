using Npgsql;

namespace Sluice.Storage.Postgres;

/// <summary>
/// Removes the tables of segments: of those that retention dropped, all; of those whose index is stored, the commit groups. Nothing waits long for a
/// lock, because whoever comes behind would wait too: what cannot be removed now is removed another time, by whichever node comes to it.
/// </summary>
internal sealed class SegmentRemoval(SegmentTables tables)
{
    private const string FindTables = "SELECT c.relname FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname LIKE $1";

    private const string FindPartition = "SELECT inhdetachpending FROM pg_inherits WHERE inhrelid = to_regclass($1)";

    /// <summary>Removes what is left of segments before a sequence.</summary>
    public async Task RemoveBeforeAsync(NpgsqlConnection connection, long first)
    {
        foreach (var (name, segment) in await FindAsync(connection, tables.Events(0)))
        {
            if (segment < tables.NumberOf(first)) await RemoveEventsAsync(connection, name);
        }

        foreach (var (name, segment) in await FindAsync(connection, tables.Groups(0)))
        {
            if (segment < tables.NumberOf(first)) await DropAsync(connection, name);
        }
    }

    /// <summary>Drops the commit groups of the segments of a range: their index is stored.</summary>
    public async Task DropGroupsAsync(NpgsqlConnection connection, long first, long end)
    {
        for (var at = first; at < end; at = tables.EndOf(at)) await DropAsync(connection, tables.Groups(tables.NumberOf(at)));
    }

    /// <summary>Detaching concurrently leaves those alone who read or attach other partitions. It may have been broken off half-way.</summary>
    private static async Task RemoveEventsAsync(NpgsqlConnection connection, string table)
    {
        await using var find = new NpgsqlCommand(FindPartition, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = table } } };
        if (await find.ExecuteScalarAsync() is bool isHalfDetached)
            await ExecuteAsync(connection, $"ALTER TABLE events DETACH PARTITION {table} {(isHalfDetached ? "FINALIZE" : "CONCURRENTLY")}");
        await DropAsync(connection, table);
    }

    private static async Task DropAsync(NpgsqlConnection connection, string table)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new NpgsqlBatchCommand("SET LOCAL lock_timeout = 100"), new NpgsqlBatchCommand($"DROP TABLE IF EXISTS {table}") },
        };
        await batch.ExecuteNonQueryAsync();
    }

    /// <param name="pattern">The name of segment 0's table.</param>
    private static async Task<List<(string Name, long Segment)>> FindAsync(NpgsqlConnection connection, string pattern)
    {
        var prefix = pattern[..^1];
        await using var command = new NpgsqlCommand(FindTables, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = prefix.Replace("_", "\\_", StringComparison.Ordinal) + "%" } } };
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<(string, long)>();
        while (await reader.ReadAsync())
        {
            if (long.TryParse(reader.GetString(0).AsSpan(prefix.Length), out var segment)) found.Add((reader.GetString(0), segment));
        }

        return found;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }
}
