namespace Sluice.Storage.Sqlite;

/// <summary>
/// The small database beside the ledger: keys, destinations, cursors, checkpoints. It never waits for ingest, because ingest never writes here.
/// Users' changes are durable when <see cref="Write{T}"/> returns; <see cref="WriteRelaxed"/> is for cursors, which survive a killed
/// process at once and a power cut within the second (a stream then sends its last batches again).
/// </summary>
public sealed class ConfigurationDatabase : IDisposable
{
    public const string FileName = "sluice.db";

    private readonly Lock _lock = new();
    private readonly Database _database;
    private bool _relaxed;

    private ConfigurationDatabase(Database database) => _database = database;

    public static ConfigurationDatabase Open(string folder)
    {
        Directory.CreateDirectory(folder);
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

    /// <summary>Runs a read; nobody writes meanwhile.</summary>
    public T Read<T>(Func<Database, T> read)
    {
        lock (_lock) return read(_database);
    }

    /// <summary>Runs changes in one durable transaction; an exception leaves nothing behind.</summary>
    public T Write<T>(Func<Database, T> write)
    {
        lock (_lock)
        {
            Relax(false);
            return InTransaction(write);
        }
    }

    public void Write(Action<Database> write) => Write(database =>
    {
        write(database);
        return true;
    });

    /// <summary>Like <see cref="Write{T}"/> without waiting for the disk.</summary>
    public void WriteRelaxed(Action<Database> write)
    {
        lock (_lock)
        {
            Relax(true);
            InTransaction(database =>
            {
                write(database);
                return true;
            });
        }
    }

    public void Dispose()
    {
        lock (_lock) _database.Dispose();
    }

    private void Relax(bool relaxed)
    {
        if (_relaxed == relaxed) return;
        _database.Execute(relaxed ? "PRAGMA synchronous=NORMAL" : "PRAGMA synchronous=FULL");
        _relaxed = relaxed;
    }

    private T InTransaction<T>(Func<Database, T> write)
    {
        _database.Execute("BEGIN IMMEDIATE");
        try
        {
            var result = write(_database);
            _database.Execute("COMMIT");
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
}
