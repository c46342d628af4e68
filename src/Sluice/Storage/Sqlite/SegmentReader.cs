using Sluice.Ledger;

namespace Sluice.Storage.Sqlite;

/// <summary>One reading connection to one segment. Every read ends its transaction at once, so that the log can be reused.</summary>
internal sealed class SegmentReader : IDisposable
{
    private readonly Database _database;
    private readonly Statement _range, _one, _digests, _node;

    public SegmentReader(string path)
    {
        _database = Database.OpenReadOnly(path);
        _database.Execute("PRAGMA cache_size=-2048");
        _range = _database.Prepare("SELECT sequence, persisted_at, digest, body FROM events WHERE sequence>=?1 AND sequence<?2 ORDER BY sequence");
        _one = _database.Prepare("SELECT sequence, persisted_at, digest, body FROM events WHERE sequence=?1");
        _digests = _database.Prepare("SELECT digest FROM events WHERE sequence>=?1 AND sequence<?2 ORDER BY sequence");
        _node = _database.Prepare("SELECT hash FROM nodes WHERE level=?1 AND number=?2");
    }

    /// <summary>Adds events of <c>[from, end)</c> until the page is full.</summary>
    /// <returns>Whether the page took them all.</returns>
    public bool ReadRange(EventPage page, long from, long end, int maxEvents, int maxBytes)
    {
        _range.Bind(1, from).Bind(2, end);
        try
        {
            while (_range.Step())
            {
                if (page.Count > 0 && (page.Count >= maxEvents || page.Bytes + _range.Blob(3).Length > maxBytes)) return false;
                Add(page, _range);
            }

            return true;
        }
        finally
        {
            _range.Reset();
        }
    }

    public void ReadOne(EventPage page, long sequence)
    {
        _one.Bind(1, sequence);
        try
        {
            if (_one.Step()) Add(page, _one);
        }
        finally
        {
            _one.Reset();
        }
    }

    /// <summary>The leaf hashes of <c>[from, from + leaves.Length)</c>.</summary>
    public void ReadLeaves(long from, Span<Digest> leaves)
    {
        _digests.Bind(1, from).Bind(2, from + leaves.Length);
        try
        {
            for (var i = 0; i < leaves.Length; i++)
            {
                if (!_digests.Step()) throw new StorageCorruptException($"Event {from + i} is missing.");
                leaves[i] = MerkleHash.Leaf(Digest.From(_digests.Blob(0)));
            }
        }
        finally
        {
            _digests.Reset();
        }
    }

    public Digest ReadNode(int level, long number)
    {
        _node.Bind(1, (long)level).Bind(2, number);
        try
        {
            return _node.Step() ? Digest.From(_node.Blob(0)) : throw new StorageCorruptException($"Node {number} of level {level} is missing.");
        }
        finally
        {
            _node.Reset();
        }
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _range, _one, _digests, _node }) statement.Dispose();
        _database.Dispose();
    }

    private static void Add(EventPage page, Statement row) => page.Add(row.Long(0), row.Long(1), Digest.From(row.Blob(2)), row.Blob(3));
}
