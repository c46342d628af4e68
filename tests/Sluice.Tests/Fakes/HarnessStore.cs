using System.Collections.Concurrent;
using Npgsql;
using Sluice.Storage;
using Sluice.Storage.Postgres;
using Sluice.Storage.Sqlite;
using Sluice.Testing;

namespace Sluice.Tests.Fakes;

/// <summary>
/// A harness's configuration on the engine that <see cref="TestStore"/> names. A call has ended when it returns, on PostgreSQL too: a clock that moves when
/// nothing else can happen must not move while somebody waits for the database.
/// </summary>
internal sealed class HarnessStore : IConfigurationStore
{
    /// <summary>Databases that no harness has; they are used again, for making one takes longer than most tests.</summary>
    private static readonly ConcurrentBag<PostgresSource> Unused = [];

    private readonly string _folder = "";
    private readonly PostgresSource? _source;
    private IConfigurationStore _engine;
    private volatile bool _cannotWrite;

    private HarnessStore(string folder) => (_folder, _engine) = (folder, ConfigurationDatabase.Open(folder));

    private HarnessStore(PostgresSource source) => (_source, _engine) = (source, new PostgresConfiguration(source));

    /// <summary>An empty one.</summary>
    public static async Task<HarnessStore> NewAsync()
    {
        if (!TestStore.IsPostgres) return new HarnessStore(Directory.CreateTempSubdirectory("sluice-streams-").FullName);
        if (Unused.TryTake(out var source)) return new HarnessStore(source);
        source = PostgresSource.Open(await SharedPostgres.NewDatabaseAsync(), "sole");
        await PostgresSchema.ApplyAsync(source, [SchemaPart.Configuration]);
        return new HarnessStore(source);
    }

    /// <summary>As a program that begins again finds it.</summary>
    public async Task ReopenAsync()
    {
        await _engine.DisposeAsync();
        _engine = _source is null ? ConfigurationDatabase.Open(_folder) : new PostgresConfiguration(_source);
    }

    /// <summary>From now on nothing can be written, as on a full disk, until it is said again.</summary>
    public async Task CannotWriteAsync(bool cannot)
    {
        if (TestStore.IsPostgres) _cannotWrite = cannot;
        else await _engine.ReadAsync(session => session.ExecuteAsync($"PRAGMA query_only={(cannot ? 1 : 0)}"));
    }

    public ValueTask<T> ReadAsync<T>(Func<IConfigurationSession, ValueTask<T>> read, CancellationToken cancellation = default) =>
        Ended(() => _engine.ReadAsync(read, cancellation));

    public ValueTask<T> WriteAsync<T>(Func<IConfigurationSession, ValueTask<T>> write, CancellationToken cancellation = default) =>
        Ended(() => Written(() => _engine.WriteAsync(write, cancellation)));

    public ValueTask<T> WriteRelaxedAsync<T>(Func<IConfigurationSession, ValueTask<T>> write, CancellationToken cancellation = default) =>
        Ended(() => Written(() => _engine.WriteRelaxedAsync(write, cancellation)));

    public ValueTask<IAsyncDisposable> LockForStartAsync(CancellationToken cancellation = default) => _engine.LockForStartAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        if (_source is null) Directory.Delete(_folder, recursive: true);
        else await GiveBackAsync(_source);
    }

    private static async Task GiveBackAsync(PostgresSource source)
    {
        await using (var connection = await source.OpenAsync(default))
        {
            await using var empty = new NpgsqlCommand($"""
                DO $$ BEGIN EXECUTE (
                    SELECT 'TRUNCATE ' || string_agg(format('%I.%I', schemaname, tablename), ', ') FROM pg_tables WHERE schemaname = '{source.Schema}' AND tablename <> 'schema_migrations');
                END $$
                """, connection);
            await empty.ExecuteNonQueryAsync();
        }

        Unused.Add(source);
    }

    private ValueTask<T> Written<T>(Func<ValueTask<T>> write) => _cannotWrite ? throw new StorageUnavailableException("The disk is full.") : write();

    private static ValueTask<T> Ended<T>(Func<ValueTask<T>> work) =>
        TestStore.IsPostgres ? ValueTask.FromResult(Task.Run(() => work().AsTask()).GetAwaiter().GetResult()) : work();
}
