using Sluice.Ledger;

namespace Sluice.Storage.Sqlite;

/// <summary>
/// What is kept for ever of segments that retention dropped, in a small database beside the segments: the roots of whole tiles and of everything above
/// them, the leaves of the tiles that checkpoints end in, and the tree at each segment's end. A segment is dropped at the moment its record is durable
/// here; its files are removed afterwards, or at the next start. A ledger that never dropped one has no such file.
/// </summary>
internal sealed class DroppedArchive : IDisposable
{
    public const string FileName = "dropped.db";

    private const string WriterPragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";

    private static readonly string[] Schema =
    [
        """
        CREATE TABLE segments (
            number INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL,
            first_persisted_at INTEGER NOT NULL, last_persisted_at INTEGER NOT NULL, dropped_at INTEGER NOT NULL, state BLOB NOT NULL);
        CREATE TABLE nodes (level INTEGER NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (level, number)) WITHOUT ROWID;
        CREATE TABLE leaves (tile INTEGER PRIMARY KEY, hashes BLOB NOT NULL);
        """,
    ];

    /// <summary>The newest schema that this program knows.</summary>
    public static int SchemaVersion => Schema.Length;

    private readonly string _path;
    private readonly Lock _reading = new();
    private DroppedHashes? _hashes;

    private DroppedArchive(string path) => _path = path;

    public static string PathOf(string folder) => Path.Combine(folder, FileName);

    public static DroppedArchive Open(string folder)
    {
        var archive = new DroppedArchive(PathOf(folder));
        if (!File.Exists(archive._path)) return archive;
        archive.OpenWriter().Dispose();
        archive.OpenReader();
        return archive;
    }

    public DroppedEnd End()
    {
        lock (_reading) return _hashes?.End() ?? DroppedEnd.None;
    }

    /// <exception cref="StorageCorruptException">The node is not there, although its segment was dropped.</exception>
    public Digest Node(int level, long number)
    {
        lock (_reading) return _hashes?.Node(level, number) ?? throw new StorageCorruptException($"Node {number} of level {level} is missing from {_path}.");
    }

    /// <returns>Null when the tile's leaves were not kept.</returns>
    public Digest[]? Leaves(long tile)
    {
        lock (_reading) return _hashes?.Leaves(tile);
    }

    /// <summary>Records a segment as dropped. It is durable when this returns.</summary>
    /// <exception cref="StorageCorruptException">The segment's hashes are not those of its tree; nothing is recorded.</exception>
    public void Add(SealedSegment segment, IReadOnlyCollection<long> checkpointSizes, long droppedAt)
    {
        using (var database = OpenWriter())
        {
            database.Execute("BEGIN IMMEDIATE");
            Insert(database, segment, End().Tree, checkpointSizes);
            InsertRecord(database, segment, droppedAt);
            database.Execute("COMMIT");
            database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        if (_hashes is null) OpenReader();
    }

    public void Dispose()
    {
        lock (_reading) _hashes?.Dispose();
    }

    private static void Insert(Database database, SealedSegment segment, TreeState start, IReadOnlyCollection<long> checkpointSizes)
    {
        using var node = database.Prepare("INSERT INTO nodes (level, number, hash) VALUES (?1, ?2, ?3)");
        segment.ReadHashes(start, (level, number, hash) => node.Bind(1, (long)level).Bind(2, number).Bind(3, hash.ToArray()).Run());
        using var leaves = database.Prepare("INSERT INTO leaves (tile, hashes) VALUES (?1, ?2)");
        foreach (var tile in segment.TilesOf(checkpointSizes)) leaves.Bind(1, tile).Bind(2, segment.ReadLeaves(tile)).Run();
    }

    private static void InsertRecord(Database database, SealedSegment segment, long droppedAt)
    {
        using var insert = database.Prepare(
            "INSERT INTO segments (number, first, last, first_persisted_at, last_persisted_at, dropped_at, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        insert.Bind(1, segment.Number).Bind(2, segment.First).Bind(3, segment.Last).Bind(4, segment.FirstPersistedAt).Bind(5, segment.LastPersistedAt)
            .Bind(6, droppedAt).Bind(7, segment.End.ToBytes()).Run();
    }

    private Database OpenWriter()
    {
        var database = Database.Open(_path);
        try
        {
            database.Execute(WriterPragmas);
            Migrations.Apply(database, Schema);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private void OpenReader()
    {
        lock (_reading) _hashes = new DroppedHashes(Database.OpenReadOnly(_path));
    }
}
