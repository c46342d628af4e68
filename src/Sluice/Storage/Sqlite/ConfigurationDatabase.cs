namespace Sluice.Storage.Sqlite;

/// <summary>
/// The configuration as a small database beside the ledger. It never waits for ingest, because ingest never writes here. Its work is synchronous
/// and takes its turn, so a call that finds the database free has ended when it returns.
/// </summary>
public sealed class ConfigurationDatabase : IConfigurationStore, IDisposable
{
    public const string FileName = "sluice.db";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Database _database;
    private readonly SqliteSession _session;
    private bool _relaxed, _closed;

    private ConfigurationDatabase(Database database) => (_database, _session) = (database, new SqliteSession(database));

    public static ConfigurationDatabase Open(string folder)
    {
        Directory.CreateDirectory(folder);
        MovedMarker.Refuse(folder);
        var database = Database.Open(Path.Combine(folder, FileName));
        try
        {
            database.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
            Migrations.Apply(database, ConfigurationSchema.Migrations);
            return new ConfigurationDatabase(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public async ValueTask<T> ReadAsync<T>(Func<IConfigurationSession, ValueTask<T>> read, CancellationToken cancellation = default)
    {
        await TakeTurnAsync(cancellation);
        try
        {
            return await read(_session);
        }
        finally
        {
            _turn.Release();
        }
    }

    public ValueTask<T> WriteAsync<T>(Func<IConfigurationSession, ValueTask<T>> write, CancellationToken cancellation = default) => WriteAsync(write, relaxed: false, cancellation);

    public ValueTask<T> WriteRelaxedAsync<T>(Func<IConfigurationSession, ValueTask<T>> write, CancellationToken cancellation = default) => WriteAsync(write, relaxed: true, cancellation);

    /// <summary>The lock of the data folder already keeps other servers away.</summary>
    public ValueTask<IAsyncDisposable> LockForStartAsync(CancellationToken cancellation = default) => ValueTask.FromResult<IAsyncDisposable>(new Nothing());

    public void Dispose()
    {
        _turn.Wait();
        try
        {
            _closed = true;
            _session.Dispose();
            _database.Dispose();
        }
        finally
        {
            _turn.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<T> WriteAsync<T>(Func<IConfigurationSession, ValueTask<T>> write, bool relaxed, CancellationToken cancellation)
    {
        await TakeTurnAsync(cancellation);
        try
        {
            Relax(relaxed);
            return await InTransactionAsync(write);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask TakeTurnAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        if (!_closed) return;
        _turn.Release();
        throw new ObjectDisposedException(nameof(ConfigurationDatabase));
    }

    private void Relax(bool relaxed)
    {
        if (_relaxed == relaxed) return;
        _database.Execute(relaxed ? "PRAGMA synchronous=NORMAL" : "PRAGMA synchronous=FULL");
        _relaxed = relaxed;
    }

    private async ValueTask<T> InTransactionAsync<T>(Func<IConfigurationSession, ValueTask<T>> write)
    {
        await _session.ExecuteAsync("BEGIN IMMEDIATE");
        try
        {
            var result = await write(_session);
            await _session.ExecuteAsync("COMMIT");
            return result;
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    private void Rollback()
    {
        try
        {
            _database.Execute("ROLLBACK");
        }
        catch (StorageUnavailableException)
        {
            // A full disk rolls back by itself; then there is no transaction left to end.
        }
    }

    private sealed class Nothing : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
