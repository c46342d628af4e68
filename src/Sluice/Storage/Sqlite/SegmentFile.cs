using Sluice.Ledger;

namespace Sluice.Storage.Sqlite;

/// <summary>
/// One segment of a ledger in one SQLite file: about a million events with their digests, the inner nodes of the tree that they completed, and the
/// tree's state before the first and after the last of them. Nothing else is needed to recover it.
/// </summary>
internal static class SegmentFile
{
    /// <summary>Events of a full segment: 16 runs, 4,096 tiles.</summary>
    public const int Capacity = 1 << 20;

    /// <summary>Measured: 16 KiB pages write a third faster than 8 KiB; the size must be set before WAL mode.</summary>
    private const string WriterPragmas =
        "PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1000; PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY;";

    private static readonly string[] Schema =
    [
        """
        CREATE TABLE events (sequence INTEGER PRIMARY KEY, persisted_at INTEGER NOT NULL, digest BLOB NOT NULL, body TEXT NOT NULL);
        CREATE TABLE nodes (level INTEGER NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (level, number)) WITHOUT ROWID;
        CREATE TABLE tree (place TEXT PRIMARY KEY, size INTEGER NOT NULL, persisted_at INTEGER NOT NULL, state BLOB NOT NULL) WITHOUT ROWID;
        """,
    ];

    public static string PathOf(string folder, long number) => Path.Combine(folder, $"segment-{number:D6}.db");

    public static long NumberOf(long sequence) => sequence / Capacity;

    /// <summary>The segments in a folder, by number.</summary>
    public static IReadOnlyList<long> Numbers(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "segment-*.db")
            .Select(path => long.TryParse(Path.GetFileNameWithoutExtension(path)["segment-".Length..], out var number) ? number : -1)
            .Where(number => number >= 0)
            .Order(),
    ];

    /// <summary>Opens a segment for writing, and makes it if there is none, starting at the given tree.</summary>
    public static Database OpenOrCreate(string folder, long number, TreeState start, long persistedAt)
    {
        var database = Database.Open(PathOf(folder, number));
        try
        {
            database.Execute(WriterPragmas);
            ApplySchema(database);
            if (database.Scalar("SELECT count(*) FROM tree") == 0) WriteStart(database, start, persistedAt);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Makes the tables of a segment, or brings older ones up to date.</summary>
    public static void ApplySchema(Database database) => Migrations.Apply(database, Schema);

    /// <summary>The tree as it stood at a place: <c>start</c> or <c>end</c>.</summary>
    public static (TreeState Tree, long PersistedAt) ReadTree(Database database, string place)
    {
        using var select = database.Prepare("SELECT state, persisted_at FROM tree WHERE place=?1");
        select.Bind(1, place);
        if (!select.Step()) throw new StorageCorruptException($"The segment has no tree at its {place}.");
        return (TreeState.FromBytes(select.Blob(0)), select.Long(1));
    }

    private static void WriteStart(Database database, TreeState start, long persistedAt)
    {
        database.Execute("BEGIN IMMEDIATE");
        using (var insert = database.Prepare("INSERT INTO tree (place, size, persisted_at, state) VALUES (?1, ?2, ?3, ?4)"))
        {
            foreach (var place in new[] { "start", "end" }) insert.Bind(1, place).Bind(2, start.Size).Bind(3, persistedAt).Bind(4, start.ToBytes()).Run();
        }

        database.Execute("COMMIT");
    }
}
