using Sluice.Ledger;
using Sluice.Storage;
using Sluice.Storage.Sqlite;

namespace Sluice.Verification;

/// <summary>
/// A segment read strictly: whatever the writer would not have written is damage. Every read but <see cref="StructureProblem"/> ends its transaction
/// soon, so that a running server can reuse its log.
/// </summary>
internal sealed class SegmentInspector : IDisposable
{
    private const int Integer = 1, Text = 3, Bytes = 4;

    private readonly Database _database;
    private Statement? _range, _node;

    public SegmentInspector(string path)
    {
        _database = UntouchedFile.Open(path);
    }

    /// <summary>What the segment says of itself; null when the server was stopped before it had made its tables.</summary>
    public SegmentBounds? ReadBounds() => Guarded(() =>
    {
        if (SegmentSchema.IsMissing(_database)) return null;
        SegmentSchema.Require(_database);
        _database.Execute("BEGIN");
        try
        {
            return Snapshot();
        }
        finally
        {
            _database.Execute("ROLLBACK");   // COMMIT would repeat what a read has found
        }
    });

    /// <summary>Adds the events of <c>[from, end)</c> until the page is full. What is in the page is whole, also when this throws.</summary>
    public void Read(EventPage page, long from, long end, int maxEvents, int maxBytes) => Guarded(() =>
    {
        _range ??= _database.Prepare("SELECT sequence, persisted_at, digest, body FROM events WHERE sequence>=?1 AND sequence<?2 ORDER BY sequence");
        _range.Bind(1, from).Bind(2, end);
        try
        {
            while (page.Count < maxEvents && page.Bytes < maxBytes && _range.Step()) Add(page, _range);
            return true;
        }
        finally
        {
            _range.Reset();
        }
    });

    /// <summary>A stored inner node; null when there is none.</summary>
    public Digest? Node(int level, long number) => Guarded<Digest?>(() =>
    {
        _node ??= _database.Prepare("SELECT hash FROM nodes WHERE level=?1 AND number=?2");
        _node.Bind(1, (long)level).Bind(2, number);
        try
        {
            return _node.Step() && _node.Type(0) == Bytes && _node.Blob(0).Length == Digest.Size ? Digest.From(_node.Blob(0)) : null;
        }
        finally
        {
            _node.Reset();
        }
    });

    /// <summary>What SQLite finds wrong with the file's pages; null when nothing is. It sees damage that reading in order passes by.</summary>
    public string? StructureProblem() => Guarded(() =>
    {
        using var check = _database.Prepare("PRAGMA quick_check(1)");
        var found = check.Step() ? check.Text(0) : "no answer";
        return found == "ok" ? null : found.ReplaceLineEndings(" ");
    });

    /// <summary>The first sequence in <c>[from, end)</c> that a reader who asks for it does not get; null when all are found.</summary>
    public long? FirstNotFound(long from, long end) => Guarded<long?>(() =>
    {
        using var one = _database.Prepare("SELECT length(body) FROM events WHERE sequence=?1");
        for (var sequence = from; sequence < end; sequence++)
        {
            one.Bind(1, sequence);
            var found = one.Step();
            one.Reset();
            if (!found) return sequence;
        }

        return null;
    });

    public void Dispose()
    {
        _range?.Dispose();
        _node?.Dispose();
        _database.Dispose();
    }

    private static void Add(EventPage page, Statement row)
    {
        if (row.Type(1) != Integer || row.Type(2) != Bytes || row.Blob(2).Length != Digest.Size || row.Type(3) != Text)
            throw new StorageCorruptException($"the row of event {row.Long(0)} does not hold a time, a digest and a text");
        page.Add(row.Long(0), row.Long(1), Digest.From(row.Blob(2)), row.Blob(3));
    }

    private SegmentBounds Snapshot()
    {
        var places = new Dictionary<string, TreePlace>();
        using (var select = _database.Prepare("SELECT place, size, persisted_at, state FROM tree"))
        {
            while (select.Step()) places[select.Text(0)] = new TreePlace(select.Long(1), select.Long(2), select.Blob(3).ToArray());
        }

        if (places.Count != 2 || !places.TryGetValue("start", out var start) || !places.TryGetValue("end", out var end))
            throw new StorageCorruptException("its tree has no start or no end");
        return new SegmentBounds(start, end, Number("min(sequence) FROM events", start.Size), Number("max(sequence) FROM events", end.Size - 1), Number("count(*) FROM nodes", null));
    }

    /// <param name="unreadable">Stands for what cannot be read: whoever reads all of it meets the damage again, and knows where.</param>
    private long? Number(string what, long? unreadable)
    {
        using var select = _database.Prepare($"SELECT {what}");
        try
        {
            return select.Step() ? select.LongOrNull(0) : null;
        }
        catch (StorageCorruptException)
        {
            return unreadable;
        }
    }

    /// <summary>These statements are right: when SQLite does not understand one, the tables are not what they were.</summary>
    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (StorageUnavailableException problem) when (_database.ErrorCode == NativeSqlite.GenericError)
        {
            throw new StorageCorruptException(problem.Message, problem);
        }
    }
}
