using Sluice.Secrets;
using Sluice.Storage;
using Sluice.Storage.Sqlite;
using Sluice.Verification;

namespace Sluice.Migration;

/// <summary>The configuration in the data folder that is moved. It is read as it lies there, and not brought up to date.</summary>
internal sealed class SourceConfiguration : IDisposable
{
    private SourceConfiguration(Database database, string identity) => (Database, Identity) = (database, identity);

    public Database Database { get; }

    /// <summary>The public key of the main ledger: no other instance has it.</summary>
    public string Identity { get; }

    /// <exception cref="StorageUnavailableException">There is no instance in the folder, or one of a newer version.</exception>
    public static SourceConfiguration Open(string folder)
    {
        var path = Path.Combine(folder, ConfigurationDatabase.FileName);
        if (!File.Exists(path)) throw new StorageUnavailableException($"There is no data in {folder}. Name the server's data folder with --from.");
        var database = UntouchedFile.Open(path);
        try
        {
            var version = database.Scalar("PRAGMA user_version");
            if (version > ConfigurationSchema.Migrations.Count)
                throw new StorageUnavailableException($"{path} has schema {version}, and this program knows {ConfigurationSchema.Migrations.Count}. Migrate with the newer version of Sluice that wrote it.");
            var key = version == 0 ? null : new SqliteCheckpoints(database, LedgerIdentities.MainLedger).ReadKey();
            return new SourceConfiguration(database, key?.Text ?? throw new StorageUnavailableException($"The server has never started on {folder}: there is nothing to move. Start one on PostgreSQL at once, with --store."));
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public void Dispose() => Database.Dispose();
}
