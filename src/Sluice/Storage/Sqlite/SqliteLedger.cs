using Microsoft.Extensions.Logging;
using Sluice.Events;
using Sluice.Ledger;
using Sluice.Storage.Index;

namespace Sluice.Storage.Sqlite;

/// <summary>A ledger in a folder of SQLite segments, with its index files beside them.</summary>
public sealed partial class SqliteLedger : ILedgerStore
{
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly DroppedArchive _dropped;
    private readonly SegmentReaders _readers;
    private readonly LedgerNodes _nodes;
    private readonly GroupAppender _appender;
    private readonly LedgerIndex _index;
    private readonly SemaphoreSlim _dropping = new(1, 1);
    private TaskCompletionSource _grown = NewSignal();
    private long _size;
    private long _first;
    private TreeState _tree;

    private SqliteLedger(
        string name, string folder, DroppedArchive dropped, SegmentReaders readers, GroupAppender appender, LedgerIndex index, TimeProvider time, ILogger logger)
    {
        (Name, _folder, _time, _logger) = (name, folder, time, logger);
        (_dropped, _readers, _appender, _index, _nodes) = (dropped, readers, appender, index, new LedgerNodes(readers, dropped));
        (_first, _size, _tree) = (dropped.End().Tree.Size, appender.Tree.Size, appender.Tree.Clone());
    }

    public string Name { get; }

    public long Size => Volatile.Read(ref _size);

    public long First => Volatile.Read(ref _first);

    public IEventIndex Index => _index;

    /// <summary>Opens the ledger in a folder, recovers what a killed process left, and builds what its index lacks.</summary>
    /// <exception cref="StorageCorruptException">The segments do not follow each other, or a file is damaged.</exception>
    public static SqliteLedger Open(string name, string folder, TimeProvider time, ILogger logger)
    {
        Directory.CreateDirectory(folder);
        var dropped = DroppedArchive.Open(folder);
        SegmentReaders? readers = null;
        GroupAppender? appender = null;
        try
        {
            var before = dropped.End();
            var first = before.Tree.Size;
            SegmentRemoval.RemoveBefore(folder, SegmentFile.NumberOf(first));
            readers = new SegmentReaders(folder, SegmentFile.NumberOf(first));
            appender = GroupAppender.Open(folder, before, readers, time);
            var index = LedgerIndex.Open(Path.Combine(folder, "index"), first, appender.Tree.Size, (from, end, receive) => Scan(readers, from, end, receive), time, logger);
            return new SqliteLedger(name, folder, dropped, readers, appender, index, time, logger);
        }
        catch
        {
            appender?.Dispose();
            readers?.Dispose();
            dropped.Dispose();
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
        var before = page.Count;
        (from, end) = (Math.Max(from, First), Math.Min(end, Size));
        while (from < end && page.Count < maxEvents)
        {
            cancellation.ThrowIfCancellationRequested();
            var (segment, start, took) = (SegmentFile.NumberOf(from), from, false);
            var stop = Math.Min(end, (segment + 1) * SegmentFile.Capacity);
            if (_readers.TryUse(segment, reader => took = reader.ReadRange(page, start, stop, maxEvents, maxBytes)))
            {
                if (!took) break;
                from = stop;
            }
            else
            {
                // Dropped meanwhile: what was read before it may not be followed by what comes behind it.
                if (page.Count > before) break;
                from = Math.Max(from, First);
            }
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
            _readers.TryUse(segment, reader =>
            {
                foreach (var sequence in here.Span) reader.ReadOne(page, sequence);
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
        try
        {
            return ValueTask.FromResult(_nodes.Node(node));
        }
        catch (Exception problem)
        {
            return ValueTask.FromException<Digest>(problem);
        }
    }

    /// <remarks>
    /// 1. What is kept of the segment is made durable: from then on it is dropped. 2. Readers are told. 3. The index forgets it.
    /// 4. Its last readers end. 5. Its files go. A process that is killed in between does the rest at its next start.
    /// </remarks>
    public async ValueTask<DroppedSegment?> DropOldestAsync(long persistedBefore, IReadOnlyCollection<long> checkpointSizes, CancellationToken cancellation)
    {
        await _dropping.WaitAsync(cancellation);
        try
        {
            var number = SegmentFile.NumberOf(First);
            var next = (number + 1) * SegmentFile.Capacity;
            if (Size <= next || !TryRecord(number, persistedBefore, checkpointSizes)) return null;
            Volatile.Write(ref _first, next);
            _index.DropBefore(next);
            await _readers.RetireBefore(number + 1);
            RemoveFiles(number);
            return new DroppedSegment(next - SegmentFile.Capacity, next - 1);
        }
        finally
        {
            _dropping.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        _readers.Dispose();
        _appender.Dispose();
        _dropped.Dispose();
        _dropping.Dispose();
    }

    private bool TryRecord(long number, long persistedBefore, IReadOnlyCollection<long> checkpointSizes)
    {
        using var segment = new SealedSegment(_folder, number);
        if (segment.LastPersistedAt >= persistedBefore) return false;
        _dropped.Add(segment, checkpointSizes, Timestamp.Now(_time));
        return true;
    }

    private void RemoveFiles(long number)
    {
        try
        {
            SegmentRemoval.Remove(_folder, number);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Log.NotRemoved(_logger, problem, SegmentFile.PathOf(_folder, number));
        }
    }

    private void Publish(TreeState tree)
    {
        lock (_appender) _tree = tree;
        Volatile.Write(ref _size, tree.Size);
        Interlocked.Exchange(ref _grown, NewSignal()).TrySetResult();
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
            readers.TryUse(segment, reader => reader.ReadRange(page, start, stop, AtOnce, 8 << 20));
            if (page.Count == 0) throw new StorageCorruptException($"Event {from} is missing.");
            for (var i = 0; i < page.Count; i++)
            {
                var keys = BodyKeys.Read(page[i].Body.Span, page[i].Digest, out var times);
                receive(page[i].Sequence, keys, times);
            }

            from += page.Count;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Retention dropped {Path}, but cannot remove it now; the next start does.")]
        public static partial void NotRemoved(ILogger logger, Exception problem, string path);
    }
}
