using System.Text;
using Npgsql;

namespace Sluice.Storage.Postgres;

/// <summary>
/// Says in a database that an instance is being copied into it, and which. It is set while the database is empty, and removed when all was copied and
/// verified; no node starts in between.
/// </summary>
internal static class MigrationMark
{
    /// <summary>Its row among the settings, which no instance has.</summary>
    public const string Name = "migration";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    /// <exception cref="StorageUnavailableException">There is a mark.</exception>
    public static async Task RefuseAsync(PostgresSource source, CancellationToken cancellation)
    {
        await using var connection = await source.OpenAsync(cancellation);
        if (await ReadAsync(connection, cancellation) is not null)
            throw new StorageUnavailableException("A migration into this database is unfinished: run 'sluice migrate' again.");
    }

    /// <summary>Sets the mark in an empty database, or finds it set by the same instance before. No node starts meanwhile.</summary>
    /// <param name="identity">Tells instances apart.</param>
    /// <exception cref="StorageUnavailableException">The database holds something else.</exception>
    public static async Task BeginAsync(PostgresSource source, string identity, CancellationToken cancellation)
    {
        await using var alone = await PostgresLock.TakeAsync(source, PostgresConfiguration.StartLock, StartLimit, cancellation);
        await using var connection = await source.OpenAsync(cancellation);
        var found = await ReadAsync(connection, cancellation);
        if (found == identity) return;
        if (found is not null) throw NotEmpty("a migration of another instance into it was begun");
        if (await FilledTableAsync(connection, cancellation) is { } table) throw NotEmpty($"its table {table} has rows");
        await using var set = new NpgsqlCommand("INSERT INTO settings (name, value) VALUES ($1, $2)", connection) { Parameters = { Text(Name), new NpgsqlParameter<byte[]> { TypedValue = Encoding.UTF8.GetBytes(identity) } } };
        await set.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task EndAsync(PostgresSource source, CancellationToken cancellation)
    {
        await using var connection = await source.OpenAsync(cancellation);
        await using var remove = new NpgsqlCommand("DELETE FROM settings WHERE name = $1", connection) { Parameters = { Text(Name) } };
        await remove.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<string?> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var select = new NpgsqlCommand("SELECT value FROM settings WHERE name = $1", connection) { Parameters = { Text(Name) } };
        return await select.ExecuteScalarAsync(cancellation) is byte[] value ? Encoding.UTF8.GetString(value) : null;
    }

    /// <summary>A table that an instance has written to; those that come with the schema itself aside.</summary>
    private static async Task<string?> FilledTableAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var tables = new List<string>();
        await using (var select = new NpgsqlCommand("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'schema_migrations' ORDER BY tablename", connection))
        await using (var reader = await select.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation)) tables.Add(reader.GetString(0));
        }

        foreach (var table in tables)
        {
            var rows = table == "ledger_heads" ? "ledger_heads WHERE size > 0" : $"\"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            await using var any = new NpgsqlCommand($"SELECT EXISTS (SELECT FROM {rows})", connection);
            if ((bool)(await any.ExecuteScalarAsync(cancellation))!) return table;
        }

        return null;
    }

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };

    private static StorageUnavailableException NotEmpty(string why) =>
        new($"The database is not empty: {why}. Name one in which no Sluice has run, such as a new one made with: createdb --encoding=UTF8 --template=template0 NAME");
}
