using Sluice.Storage;
using Sluice.Storage.Sqlite;

namespace Sluice.Verification;

/// <summary>
/// Checks what a data folder keeps of the segments that retention dropped: the tree grown anew from their hashes must end where the record says.
/// </summary>
internal sealed class DroppedCheck(string folder, CheckpointTrail checkpoints, CancellationToken cancellation)
{
    private readonly string _path = DroppedArchive.PathOf(folder);

    private long _end;

    /// <summary>Whether more was dropped since <see cref="Run"/> read the record.</summary>
    public bool HasGrown()
    {
        try
        {
            return Open(hashes => hashes.End()).Tree.Size > _end;
        }
        catch (LedgerFaultException)
        {
            return false;
        }
    }

    /// <returns>Where the kept segments begin.</returns>
    /// <exception cref="LedgerFaultException">Something is not as it was written.</exception>
    public DroppedEnd Run() => Open(hashes =>
    {
        var end = hashes.End();
        _end = end.Tree.Size;
        var tree = new DroppedTree(hashes, checkpoints, Changed, cancellation).Grow(end.Tree.Size);
        return tree.ToBytes().AsSpan().SequenceEqual(end.Tree.ToBytes()) ? end : throw Changed("its tree is not that of its hashes");
    });

    private DroppedEnd Open(Func<DroppedHashes, DroppedEnd> read)
    {
        if (!File.Exists(_path)) return DroppedEnd.None;
        try
        {
            var database = UntouchedFile.Open(_path);
            using var hashes = Begun(database);
            return hashes is null ? DroppedEnd.None : read(hashes);
        }
        catch (StorageCorruptException damage)
        {
            throw Changed(damage.Message);
        }
    }

    /// <returns>Null when the server was killed before it had made the tables.</returns>
    private static DroppedHashes? Begun(Database database)
    {
        try
        {
            var version = database.Scalar("PRAGMA user_version");
            if (version > DroppedArchive.SchemaVersion)
                throw new StorageUnavailableException($"{DroppedArchive.FileName} has schema {version}, and this program knows {DroppedArchive.SchemaVersion}. Verify with the newer version of Sluice that wrote it.");
            if (version > 0) return new DroppedHashes(database);
            database.Dispose();
            return null;
        }
        catch (StorageUnavailableException problem) when (database.ErrorCode == NativeSqlite.GenericError)
        {
            database.Dispose();
            throw new StorageCorruptException(problem.Message, problem);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static LedgerFaultException Changed(string what) =>
        new(null, $"What {DroppedArchive.FileName} keeps of the events that retention removed is damaged or was changed: {what}.");
}
