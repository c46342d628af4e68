using Sluice.Events;
using Sluice.Ledger;

namespace Sluice.Storage.Sqlite;

/// <summary>Writes groups into the active segment: one transaction each, durable when <see cref="Commit"/> returns.</summary>
internal sealed unsafe class SegmentWriter : IDisposable
{
    private readonly Database _database;
    private readonly Statement _begin, _commit, _rollback, _insertEvent, _insertNode, _updateTree, _selectBody;

    public SegmentWriter(Database database)
    {
        _database = database;
        _begin = database.Prepare("BEGIN IMMEDIATE");
        _commit = database.Prepare("COMMIT");
        _rollback = database.Prepare("ROLLBACK");
        _insertEvent = database.Prepare("INSERT INTO events (sequence, persisted_at, digest, body) VALUES (?1, ?2, ?3, ?4)");
        _insertNode = database.Prepare("INSERT INTO nodes (level, number, hash) VALUES (?1, ?2, ?3)");
        _updateTree = database.Prepare("UPDATE tree SET size=?1, persisted_at=?2, state=?3 WHERE place='end'");
        _selectBody = database.Prepare("SELECT body FROM events WHERE sequence=?1");
    }

    public void Begin() => _begin.Run();

    public void Insert(long sequence, long persistedAt, in Digest digest, ReadOnlySpan<byte> body)
    {
        var hash = stackalloc byte[Digest.Size];
        digest.CopyTo(new Span<byte>(hash, Digest.Size));
        fixed (byte* text = body)
        {
            _insertEvent.Bind(1, sequence);
            _insertEvent.Bind(2, persistedAt);
            _insertEvent.BindPinned(3, hash, Digest.Size);
            _insertEvent.BindPinnedText(4, text, body.Length);
            _insertEvent.Run();
        }
    }

    /// <summary>Keeps the root of a full tile: 256^<paramref name="level"/> leaves.</summary>
    public void InsertNode(int level, long number, in Digest hash) =>
        _insertNode.Bind(1, (long)level).Bind(2, number).Bind(3, hash.ToArray()).Run();

    public void Commit(TreeState tree, long persistedAt)
    {
        _updateTree.Bind(1, tree.Size).Bind(2, persistedAt).Bind(3, tree.ToBytes()).Run();
        _commit.Run();
    }

    /// <summary>Takes back what <see cref="Begin"/> started. A full disk may have done so already.</summary>
    public void Rollback()
    {
        if (NativeSqlite.sqlite3_get_autocommit(_database.Handle) == 0) _rollback.Run();
    }

    /// <summary>The body of an event of this segment, the open transaction's included; valid until the next call.</summary>
    public ReadOnlySpan<byte> Body(long sequence)
    {
        _selectBody.Reset();
        _selectBody.Bind(1, sequence);
        return _selectBody.Step() ? _selectBody.Blob(0) : [];
    }

    /// <summary>Lets go of the row that <see cref="Body"/> reads, so that the log can be reused.</summary>
    public void EndRead() => _selectBody.Reset();

    /// <summary>Moves the whole log into the file and empties it: what a sealed segment, or a server that stops, leaves behind.</summary>
    public void Fold() => _database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");

    public void Dispose()
    {
        foreach (var statement in new[] { _begin, _commit, _rollback, _insertEvent, _insertNode, _updateTree, _selectBody }) statement.Dispose();
        _database.Dispose();
    }
}
