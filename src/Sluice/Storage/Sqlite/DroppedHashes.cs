using Sluice.Ledger;

namespace Sluice.Storage.Sqlite;

/// <summary>Reads what is kept of dropped segments. Not safe for several threads at once.</summary>
internal sealed class DroppedHashes : IDroppedHashes, IDisposable
{
    private readonly Database _database;
    private readonly List<Statement> _statements = [];
    private readonly Statement _end, _node, _leaves;

    /// <param name="database">Belongs to this from now on, unless this throws.</param>
    public DroppedHashes(Database database)
    {
        _database = database;
        try
        {
            _end = Prepare("SELECT state, last_persisted_at, number, first, last FROM segments ORDER BY number DESC LIMIT 1");
            _node = Prepare("SELECT hash FROM nodes WHERE level=?1 AND number=?2");
            _leaves = Prepare("SELECT hashes FROM leaves WHERE tile=?1");
        }
        catch
        {
            // SQLite keeps a file open for as long as a statement of it is.
            foreach (var statement in _statements) statement.Dispose();
            throw;
        }
    }

    /// <exception cref="StorageCorruptException">The record contradicts itself.</exception>
    public DroppedEnd End()
    {
        try
        {
            if (!_end.Step()) return DroppedEnd.None;
            var end = new DroppedEnd(TreeState.FromBytes(_end.Blob(0)), _end.Long(1));
            var (number, first, last) = (_end.Long(2), _end.Long(3), _end.Long(4));
            if (first == number * SegmentFile.Capacity && last + 1 == first + SegmentFile.Capacity && end.Tree.Size == last + 1) return end;
            throw new StorageCorruptException($"{DroppedArchive.FileName} is damaged: its record of segment {number} contradicts itself.");
        }
        catch (FormatException problem)
        {
            throw new StorageCorruptException($"{DroppedArchive.FileName} is damaged: it holds a tree that is none.", problem);
        }
        finally
        {
            _end.Reset();
        }
    }

    public Digest? Node(int level, long number)
    {
        _node.Bind(1, (long)level).Bind(2, number);
        try
        {
            return _node.Step() && _node.Blob(0).Length == Digest.Size ? Digest.From(_node.Blob(0)) : null;
        }
        finally
        {
            _node.Reset();
        }
    }

    public Digest[]? Leaves(long tile)
    {
        _leaves.Bind(1, tile);
        try
        {
            if (!_leaves.Step() || _leaves.Blob(0).Length != TileTree.Width * Digest.Size) return null;
            var bytes = _leaves.Blob(0);
            var leaves = new Digest[TileTree.Width];
            for (var i = 0; i < leaves.Length; i++) leaves[i] = Digest.From(bytes.Slice(i * Digest.Size, Digest.Size));
            return leaves;
        }
        finally
        {
            _leaves.Reset();
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements) statement.Dispose();
        _database.Dispose();
    }

    private Statement Prepare(string sql)
    {
        var statement = _database.Prepare(sql);
        _statements.Add(statement);
        return statement;
    }
}
