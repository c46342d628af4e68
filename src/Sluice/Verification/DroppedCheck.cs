using Sluice.Ledger;
using Sluice.Storage;
using Sluice.Storage.Sqlite;

namespace Sluice.Verification;

/// <summary>
/// Checks what is kept of the segments that retention dropped: the tree grown anew from the roots of their tiles must have every hash that is stored
/// above them, must be that of every checkpoint that was signed there, and must end where the record says.
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
        var (tree, completed) = (new TileTree(new TreeState()), new Digest[TreeState.MaxLevels]);
        while (tree.Size < end.Tree.Size)
        {
            cancellation.ThrowIfCancellationRequested();
            Meet(hashes, tree);
            Append(hashes, tree, completed);
            checkpoints.MeetAt(tree.Size, tree.ToTree);
        }

        return tree.ToTree().ToBytes().AsSpan().SequenceEqual(end.Tree.ToBytes()) ? end : throw Changed("its tree is not that of its hashes");
    });

    private static void Append(DroppedHashes hashes, TileTree tree, Digest[] completed)
    {
        var tile = tree.Size >> TileTree.Levels;
        var levels = tree.Append(hashes.Node(1, tile) ?? throw Changed($"the hash over events {tree.Size} to {tree.Size + TileTree.Width - 1} is missing"), completed);
        for (var level = TileTree.Levels; level <= levels; level += TileTree.Levels)
        {
            var (tileLevel, number) = (1 + (level / TileTree.Levels), (tree.Size >> (TileTree.Levels + level)) - 1);
            if (hashes.Node(tileLevel, number) != completed[level - 1]) throw Changed($"a stored hash is not that of the hashes under it (level {tileLevel}, number {number})");
        }
    }

    /// <summary>Meets the checkpoints that end inside the next tile.</summary>
    private void Meet(DroppedHashes hashes, TileTree tree)
    {
        while (checkpoints.NextSize is { } size && size > tree.Size && size < tree.Size + TileTree.Width)
        {
            var leaves = hashes.Leaves(tree.Size >> TileTree.Levels) ?? throw Changed($"the hashes that lead to the checkpoint of {size} events are missing");
            if (RootOf(leaves) != hashes.Node(1, tree.Size >> TileTree.Levels)) throw Changed($"the hashes that lead to the checkpoint of {size} events are not those of their tile");
            checkpoints.Meet(tree.With(leaves.AsSpan(..(int)(size - tree.Size))));
        }
    }

    private static Digest RootOf(Digest[] leaves)
    {
        var tree = new TreeState();
        foreach (var leaf in leaves) tree.Append(leaf);
        return tree.Root();
    }

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
