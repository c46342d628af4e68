using Sluice.Storage;
using Sluice.Storage.Sqlite;

namespace Sluice.Verification;

/// <summary>Opens SQLite files of a data folder that may be in use, or be the remains of a killed server, without changing what they say.</summary>
internal static class UntouchedFile
{
    /// <summary>
    /// A reading connection sees what is committed, the log beside the file included, and shares the log's index (<c>-shm</c>) with a running
    /// server or makes it again after a killed one. Where the folder cannot be written, a file without a log is read as it lies there.
    /// </summary>
    /// <exception cref="StorageCorruptException">It is no SQLite file any more.</exception>
    /// <exception cref="StorageUnavailableException">It cannot be opened.</exception>
    public static Database Open(string path)
    {
        try
        {
            return Opened(Database.OpenReadOnly(path));
        }
        catch (StorageUnavailableException) when (File.Exists(path) && !HasLog(path))
        {
            return Opened(Database.OpenImmutable(path));
        }
        catch (StorageUnavailableException problem) when (File.Exists(path))
        {
            throw new StorageUnavailableException($"{problem.Message}. Its log holds commits, and reading those takes the right to write the folder. Run this as the server's user, or on a copy.", problem);
        }
    }

    private static Database Opened(Database database)
    {
        try
        {
            // With this, a file that was cut short is read as far as it goes, and a damaged schema does not hide the tables that can be read.
            database.Execute("PRAGMA writable_schema=ON; PRAGMA cache_size=-4096");
            database.Scalar("PRAGMA user_version");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static bool HasLog(string path) => new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };
}
