using Npgsql;
using Sluice.Storage;
using Sluice.Storage.Postgres;
using Sluice.Testing;

namespace Sluice.Tests.Storage.Postgres;

public sealed class PostgresSchemaTests
{
    private static readonly SchemaPart Part = new("notes", ["CREATE TABLE notes (id bigint PRIMARY KEY)", "ALTER TABLE notes ADD COLUMN it text; INSERT INTO notes VALUES (1, 'one')"]);

    [Fact]
    public async Task Nodes_that_start_together_apply_every_change_once()
    {
        var database = await SharedPostgres.NewDatabaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => ApplyAsync(database, Part, SchemaPart.Configuration))));

        Assert.Equal(1L, await ScalarAsync(database, "SELECT count(*) FROM sluice.notes"));
        var configuration = Enumerable.Range(1, SchemaPart.Configuration.Migrations.Count).Select(number => $"configuration {number}, ");
        Assert.Equal($"{string.Concat(configuration)}notes 1, notes 2",
            await ScalarAsync(database, "SELECT string_agg(part || ' ' || number, ', ' ORDER BY part, number) FROM sluice.schema_migrations WHERE applied_at IS NOT NULL"));
    }

    [Fact]
    public async Task A_database_of_the_version_before_gets_what_is_new()
    {
        var database = await SharedPostgres.NewDatabaseAsync();
        await ApplyAsync(database, Part with { Migrations = [.. Part.Migrations.Take(1)] });

        await ApplyAsync(database, Part);

        Assert.Equal("one", await ScalarAsync(database, "SELECT it FROM sluice.notes"));
    }

    [Fact]
    public async Task A_change_that_fails_leaves_nothing_and_is_not_numbered()
    {
        var database = await SharedPostgres.NewDatabaseAsync();

        await Assert.ThrowsAsync<PostgresException>(() => ApplyAsync(database, Part with { Migrations = [Part.Migrations[0] + "; SELECT nonsense"] }));

        await ApplyAsync(database, Part);
        Assert.Equal(1L, await ScalarAsync(database, "SELECT count(*) FROM sluice.notes"));
    }

    [Fact]
    public async Task A_newer_schema_is_refused_and_nothing_else_applied()
    {
        var database = await SharedPostgres.NewDatabaseAsync();
        await ApplyAsync(database, Part);

        var refused = await Assert.ThrowsAsync<StorageCorruptException>(() => ApplyAsync(database, SchemaPart.Configuration, Part with { Migrations = [.. Part.Migrations.Take(1)] }));

        Assert.Equal("The database has schema 2 of the notes, and this program knows 1. Start the newer version of Sluice that wrote it.", refused.Message);
        Assert.Equal(0L, await ScalarAsync(database, "SELECT count(*) FROM sluice.schema_migrations WHERE part = 'configuration'"));
    }

    [Fact]
    public async Task A_database_in_another_encoding_is_refused_with_what_to_do()
    {
        var its = new NpgsqlConnectionStringBuilder(await SharedPostgres.NewDatabaseAsync());
        await ScalarAsync(its.ConnectionString, $"CREATE DATABASE {its.Database}_latin ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");
        its.Database += "_latin";

        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => ApplyAsync(its.ConnectionString, SchemaPart.Configuration));

        Assert.Contains("has the encoding LATIN1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("createdb --encoding=UTF8", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_only_use_a_schema_that_is_there_needs_no_more()
    {
        var its = new NpgsqlConnectionStringBuilder(await SharedPostgres.NewDatabaseAsync());
        var user = $"user_of_{its.Database}";
        await ScalarAsync(its.ConnectionString, $"CREATE ROLE {user} LOGIN");
        its.Username = user;

        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => ApplyAsync(its.ConnectionString, SchemaPart.Configuration));
        Assert.Contains("Grant it CREATE", refused.Message, StringComparison.Ordinal);

        its.Username = "postgres";
        await ScalarAsync(its.ConnectionString, $"CREATE SCHEMA sluice AUTHORIZATION {user}");
        its.Username = user;
        await ApplyAsync(its.ConnectionString, SchemaPart.Configuration);
    }

    private static async Task ApplyAsync(string database, params SchemaPart[] parts)
    {
        await using var source = PostgresSource.Open(database, "a");
        await PostgresSchema.ApplyAsync(source, parts);
    }

    private static async Task<object?> ScalarAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
