using Npgsql;

namespace Sluice.Storage.Postgres;

/// <summary>Brings the tables up to what this program knows. One node at a time does so; the others wait, and find it done.</summary>
public static class PostgresSchema
{
    private const int OldestServer = 15;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <exception cref="StorageCorruptException">The tables are of a newer program.</exception>
    /// <exception cref="StorageUnavailableException">The server or the database cannot be used, or not now; the message says what to do.</exception>
    public static async Task ApplyAsync(PostgresSource source, IReadOnlyList<SchemaPart> parts, CancellationToken cancellation = default)
    {
        await using var alone = await PostgresLock.TakeAsync(source, "sluice schema", LongestWait, cancellation);
        await using var connection = await source.OpenAsync(cancellation);
        try
        {
            await CheckServerAsync(connection, cancellation);
            await PrepareAsync(connection, source.Schema, cancellation);
            var versions = new List<int>();
            foreach (var part in parts) versions.Add(await VersionAsync(connection, part, cancellation));
            foreach (var (part, version) in parts.Zip(versions)) await MigrateAsync(connection, part, version, cancellation);
        }
        catch (Exception error) when (PostgresErrors.Of(error) is { } trouble)
        {
            throw trouble;
        }
    }

    /// <summary>Makes sure that the tables are those that this program knows, and changes none.</summary>
    /// <exception cref="StorageUnavailableException">There are none, or they are of another version; the message says what to do.</exception>
    public static async Task RequireAsync(PostgresSource source, IReadOnlyList<SchemaPart> parts, CancellationToken cancellation = default)
    {
        await using var connection = await source.OpenAsync(cancellation);
        if (!await ScalarAsync<bool>(connection, "SELECT to_regclass('schema_migrations') IS NOT NULL", cancellation))
            throw new StorageUnavailableException($"There is no Sluice in the schema {source.Schema} of the database {connection.Database}. Check the connection string.");
        foreach (var part in parts)
        {
            var version = await NumberAsync(connection, part, cancellation);
            if (version == part.Migrations.Count) continue;
            var which = version > part.Migrations.Count ? "the newer version of Sluice that wrote it" : "the version that its nodes run, or start a node of this one, which brings the tables up to date";
            throw new StorageUnavailableException($"The database has schema {version} of the {part.Name}, and this program knows {part.Migrations.Count}. Use {which}.");
        }
    }

    private static async Task CheckServerAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (connection.PostgreSqlVersion.Major < OldestServer)
            throw new StorageUnavailableException($"The database server is PostgreSQL {connection.PostgreSqlVersion}; Sluice needs {OldestServer} or later. Upgrade it, or name another one in Sluice:Store.");
        var encoding = await ScalarAsync<string>(connection, "SELECT current_setting('server_encoding')", cancellation);
        if (encoding != "UTF8")
            throw new StorageUnavailableException($"The database {connection.Database} has the encoding {encoding}, which cannot hold every event. Create one with: createdb --encoding=UTF8 --template=template0 NAME");
    }

    /// <summary>The schema is made only when it is absent: whoever was given one need not be allowed to make another.</summary>
    private static async Task PrepareAsync(NpgsqlConnection connection, string schema, CancellationToken cancellation)
    {
        var quoted = $"\"{schema.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        if (!await ScalarAsync<bool>(connection, $"SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = '{schema.Replace("'", "''", StringComparison.Ordinal)}')", cancellation))
            await ExecuteAsync(connection, $"CREATE SCHEMA IF NOT EXISTS {quoted}", cancellation);
        await ExecuteAsync(connection, $"""
            CREATE TABLE IF NOT EXISTS {quoted}.schema_migrations (
                part text NOT NULL, number int NOT NULL, applied_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (part, number))
            """, cancellation);
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, SchemaPart part, CancellationToken cancellation)
    {
        var version = await NumberAsync(connection, part, cancellation);
        if (version > part.Migrations.Count)
            throw new StorageCorruptException($"The database has schema {version} of the {part.Name}, and this program knows {part.Migrations.Count}. Start the newer version of Sluice that wrote it.");
        return version;
    }

    private static Task<int> NumberAsync(NpgsqlConnection connection, SchemaPart part, CancellationToken cancellation) =>
        ScalarAsync<int>(connection, $"SELECT coalesce(max(number), 0) FROM schema_migrations WHERE part = '{part.Name}'", cancellation);

    private static async Task MigrateAsync(NpgsqlConnection connection, SchemaPart part, int version, CancellationToken cancellation)
    {
        for (var next = version; next < part.Migrations.Count; next++)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await ExecuteAsync(connection, part.Migrations[next], cancellation);
            await ExecuteAsync(connection, $"INSERT INTO schema_migrations (part, number) VALUES ('{part.Name}', {next + 1})", cancellation);
            await transaction.CommitAsync(cancellation);
        }
    }

    /// <summary>Without a limit of its own: an index over a large table takes its time.</summary>
    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
