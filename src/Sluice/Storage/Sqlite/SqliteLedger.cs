using Microsoft.Extensions.Logging;
using Sluice.Events;
using Sluice.Ledger;
using Sluice.Storage.Index;

namespace Sluice.Storage.Sqlite;

/// <summary>A ledger in a folder of SQLite segments, with its index files beside them.</summary>
public sealed class SqliteLedger : ILedgerStore
{
    private readonly string _folder;
    private readonly SegmentReaders _readers;
    private readonly GroupAppender _appender;
    private readonly LedgerIndex _index;
    private TaskCompletionSource _grown = NewSignal();
    private long _size;
    private TreeState _tree;

    private SqliteLedger(string name, string folder, SegmentReaders readers, GroupAppender appender, LedgerIndex index)
    {
        (Name, _folder, _readers, _appender, _index) = (name, folder, readers, appender, index);
        (_size, _tree) = (appender.Tree.Size, appender.Tree.Clone());
    }

    public string Name { get; }

    public long Size => Volatile.Read(ref _size);

    public long First => 0;

    public IEventIndex Index => _index;

    /// <summary>Opens the ledger in a folder, recovers what a killed process left, and builds what its index lacks.</summary>
    /// <exception cref="StorageCorruptException">The segments do not follow each other, or a file is damaged.</exception>
    public static SqliteLedger Open(string name, string folder, TimeProvider time, ILogger logger)
    {
        Directory.CreateDirectory(folder);
        var readers = new SegmentReaders(folder);
        var appender = GroupAppender.Open(folder, time);
        try
        {
            var index = LedgerIndex.Open(Path.Combine(folder, "index"), 0, appender.Tree.Size, (from, end, receive) => Scan(readers, from, end, receive), time, logger);
            return new SqliteLedger(name, folder, readers, appender, index);
        }
        catch
        {
            appender.Dispose();
            readers.Dispose();
            throw;
        }
    }

    public TreeState Tree()
    {
        lock (_appender) return _tree.Clone();
    }

    public ValueTask AppendAsync(IReadOnlyList<AcceptedBatch> group, CancellationToken cancellation)
    {
        try
        {
            foreach (var part in _appender.Append(group, _index)) Publish(part);
            return ValueTask.CompletedTask;
        }
        catch (Exception problem)
        {
            return ValueTask.FromException(problem);
        }
    }

    public ValueTask ReadAsync(EventPage page, long from, long end, int maxEvents, int maxBytes, CancellationToken cancellation)
    {
        end = Math.Min(end, Size);
        while (from < end && page.Count < maxEvents)
        {
            cancellation.ThrowIfCancellationRequested();
            var segment = SegmentFile.NumberOf(from);
            var stop = Math.Min(end, (segment + 1) * SegmentFile.Capacity);
            if (!_readers.Use(segment, reader => reader.ReadRange(page, from, stop, maxEvents, maxBytes))) break;
            from = stop;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ReadManyAsync(EventPage page, ReadOnlyMemory<long> sequences, CancellationToken cancellation)
    {
        for (var at = 0; at < sequences.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var start = at;
            var segment = SegmentFile.NumberOf(sequences.Span[at]);
            while (at < sequences.Length && SegmentFile.NumberOf(sequences.Span[at]) == segment) at++;
            var here = sequences[start..at];
            _readers.Use(segment, reader =>
            {
                foreach (var sequence in here.Span) reader.ReadOne(page, sequence);
                return true;
            });
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask CatchUpAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    public async ValueTask WaitForMoreThanAsync(long size, CancellationToken cancellation)
    {
        while (true)
        {
            var grown = Volatile.Read(ref _grown);
            if (Size > size) return;
            await grown.Task.WaitAsync(cancellation);
        }
    }

    public ValueTask<Digest> NodeAsync(NodeId node, CancellationToken cancellation)
    {
        var tileLevel = node.Level / 8;
        var hashes = new Digest[1 << (node.Level % 8)];
        var first = node.Index << (node.Level % 8);
        if (tileLevel == 0) ReadLeaves(first, hashes);
        else ReadNodes(tileLevel, first, hashes);
        return ValueTask.FromResult(FoldPerfect(hashes));
    }

    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        _readers.Dispose();
        _appender.Dispose();
    }

    private void Publish(TreeState tree)
    {
        lock (_appender) _tree = tree;
        Volatile.Write(ref _size, tree.Size);
        Interlocked.Exchange(ref _grown, NewSignal()).TrySetResult();
    }

    private void ReadLeaves(long first, Digest[] leaves)
    {
        var segment = SegmentFile.NumberOf(first);
        _readers.Use(segment, reader =>
        {
            reader.ReadLeaves(first, leaves);
            return true;
        });
    }

    private void ReadNodes(int level, long first, Digest[] hashes)
    {
        for (var i = 0; i < hashes.Length; i++)
        {
            var number = first + i;
            var lastLeaf = ((number + 1) << (8 * level)) - 1;
            hashes[i] = _readers.Use(SegmentFile.NumberOf(lastLeaf), reader => reader.ReadNode(level, number));
        }
    }

    private static Digest FoldPerfect(Digest[] hashes)
    {
        for (var width = hashes.Length; width > 1; width /= 2)
        {
            for (var i = 0; i < width / 2; i++) hashes[i] = MerkleHash.Node(hashes[2 * i], hashes[2 * i + 1]);
        }

        return hashes[0];
    }

    private static void Scan(SegmentReaders readers, long from, long end, KeyReceiver receive)
    {
        const int AtOnce = 4096;
        using var page = new EventPage();
        while (from < end)
        {
            page.Clear();
            var segment = SegmentFile.NumberOf(from);
            var (start, stop) = (from, Math.Min(end, (segment + 1) * SegmentFile.Capacity));
            readers.Use(segment, reader => reader.ReadRange(page, start, stop, AtOnce, 8 << 20));
            if (page.Count == 0) throw new StorageCorruptException($"Event {from} is missing.");
            for (var i = 0; i < page.Count; i++)
            {
                var keys = BodyKeys.Read(page[i].Body.Span, page[i].Digest, out var timestamp);
                receive(page[i].Sequence, keys, timestamp);
            }

            from += page.Count;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
