using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Sluice.Storage.Postgres;
using Sluice.Testing;

namespace Sluice.Tests.Storage.Postgres;

/// <summary>A database with the ledgers' tables, and nodes that share it, each with a folder of its own.</summary>
internal sealed class LedgerDatabase : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<PostgresSource> _sources = [];

    private LedgerDatabase(string connection) => Connection = connection;

    public string Connection { get; }

    public static async Task<LedgerDatabase> NewAsync(PostgresServer? server = null)
    {
        var database = new LedgerDatabase(server is null ? await SharedPostgres.NewDatabaseAsync() : await server.NewDatabaseAsync());
        await database.ExecuteAsync($"CREATE SCHEMA {PostgresSource.DefaultSchema}; SET search_path = {PostgresSource.DefaultSchema}; {string.Join(';', LedgerSchema.Migrations)}");
        return database;
    }

    public string IndexOf(string node) => Path.Combine(FolderOf(node), "index");

    public string FolderOf(string node) => Path.Combine(_folder.Path, node);

    public Task<PostgresLedger> OpenAsync(string node = "a", string ledger = "main", string? connection = null, ILogger? logger = null, long capacity = Sluice.Storage.Sqlite.SegmentFile.Capacity)
    {
        var source = PostgresSource.Open(connection ?? Connection, node);
        _sources.Add(source);
        return PostgresLedger.OpenAsync(ledger, source, FolderOf(node), capacity, TimeProvider.System, logger ?? NullLogger.Instance);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task<NpgsqlConnection> ConnectAsync(string more = "")
    {
        var connection = new NpgsqlConnection($"{Connection};Pooling=false;Search Path={PostgresSource.DefaultSchema};{more}");
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in _sources) await source.DisposeAsync();
        _folder.Dispose();
    }
}
