using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sluice.Events;

namespace Sluice.Storage.Index;

/// <summary>
/// The index of one ledger on local files: a tail in memory, a run for every 65,536 events, one file for every sealed segment.
/// The ledger's writer adds; one background task writes runs and merges them; readers walk what there is.
/// </summary>
internal sealed partial class LedgerIndex : IEventIndex, IAsyncDisposable
{
    /// <summary>Full tails that may wait to be written: more would be memory without bound when the disk cannot keep up.</summary>
    private const int WaitingTails = 4;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly IndexFolder _folder;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly UnitList _units = new();
    private readonly Channel<Action> _jobs = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _room = new(WaitingTails);
    private readonly CancellationTokenSource _stopping = new();
    private ImmutableArray<RecentIds> _recent = [];
    private IndexTail _tail;
    private long _first;
    private Task _working = Task.CompletedTask;

    private LedgerIndex(IndexFolder folder, long first, TimeProvider time, ILogger logger)
    {
        (_folder, _time, _logger) = (folder, time, logger);
        _tail = new IndexTail(first);
    }

    /// <summary>Opens the index of everything committed; what is missing or doubtful is built first.</summary>
    public static LedgerIndex Open(string folder, long first, long size, KeySource keys, TimeProvider time, ILogger logger)
    {
        var files = new IndexFolder(folder, keys);
        var index = new LedgerIndex(files, size / IndexTail.Capacity * IndexTail.Capacity, time, logger);
        files.DeleteBefore(first);
        index.Load(first, size);
        index._working = Task.Run(index.WorkAsync);
        return index;
    }

    /// <summary>Adds a committed event. Only the ledger's writer calls it, in sequence order.</summary>
    public void Add(long sequence, in IndexKeys keys, EventTimes times)
    {
        if (_tail.IsFull || sequence == _tail.First + IndexTail.Capacity) StartTail(sequence);
        _tail.Add((int)(sequence - _tail.First), keys, times);
        Recent(sequence).Table.Add(keys[IndexKind.Id], (int)(sequence & IndexFile.PositionMask));
        if (sequence + 1 == _tail.First + IndexTail.Capacity) Finish(_tail);
    }

    /// <summary>Shows readers everything added before <paramref name="size"/>.</summary>
    public void Publish(long size) => _tail.Publish((int)Math.Min(size - _tail.First, IndexTail.Capacity));

    /// <summary>Adds the sequences whose event may have this tenant and id. Only the ledger's writer calls it.</summary>
    public void FindId(ulong hash, List<long> sequences)
    {
        var recent = _recent;
        foreach (var ids in recent) ids.Table.Find(hash, ids.First, sequences);
        foreach (var unit in _units.Now)
        {
            if (unit is MappedIndex { Count: Sqlite.SegmentFile.Capacity } sealedSegment && sealedSegment.MayHoldId(hash)) sealedSegment.FindId(hash, sequences);
        }
    }

    public ValueTask<SequenceSpan?> FindAsync(IndexTerm term, SequenceSpan span, List<long> candidates, int max, CancellationToken cancellation) =>
        ValueTask.FromResult(UnitSearch.Find(_units, term, span, candidates, max));

    public ValueTask FindByTimeAsync(IndexTerm term, SequenceSpan span, TimeSlice slice, List<TimePlace> places, int max, CancellationToken cancellation)
    {
        TimeSearch.Find(_units, term, span, slice, places, max);
        return ValueTask.CompletedTask;
    }

    public SequenceSpan Narrow(SequenceSpan span, TimeSlice slice) => TimeSearch.Narrow(_units, span, slice);

    /// <summary>Forgets the events before a segment's first one, when the background task comes to it; until then it goes on proposing them.</summary>
    public void DropBefore(long first)
    {
        Volatile.Write(ref _first, first);
        _jobs.Writer.TryWrite(() => Forget(first));
    }

    public async ValueTask DisposeAsync()
    {
        _jobs.Writer.TryComplete();
        await _stopping.CancelAsync();
        await _working;
        _stopping.Dispose();
        _room.Dispose();
    }

    private void Load(long first, long size)
    {
        for (var at = first; at < _tail.First;)
        {
            var unit = _folder.OpenSegment(at, size) ?? _folder.OpenOrBuildRun(at);
            _units.Add(unit);
            if (unit.Count < Sqlite.SegmentFile.Capacity) LoadIds(unit);
            at = unit.End;
        }

        _units.Add(_tail);
        _folder.Keys(_tail.First, size, Add);
        Publish(size);
        MergeWhatIsComplete();
        foreach (var unit in _units.Now.OfType<MappedIndex>()) _jobs.Writer.TryWrite(() => Check(unit));
    }

    private void LoadIds(MappedIndex run)
    {
        var table = Recent(run.First).Table;
        foreach (var word in run.Words(IndexKind.Id)) table.Add(word >> IndexFile.PositionBits, (int)(word & IndexFile.PositionMask));
    }

    private void MergeWhatIsComplete()
    {
        foreach (var ids in _recent)
        {
            if (ids.First + Sqlite.SegmentFile.Capacity <= _tail.First) _jobs.Writer.TryWrite(() => Merge(ids.First));
        }
    }

    /// <summary>A run was damaged on the disk: builds it again from bodies. Until then, readers may miss what it should have held.</summary>
    private void Check(MappedIndex unit)
    {
        if (_stopping.IsCancellationRequested || !File.Exists(unit.Path) || IndexFile.IsIntact(unit.Path)) return;
        Log.Damaged(_logger, unit.Path);
        try
        {
            if (unit.Count == Sqlite.SegmentFile.Capacity) _units.Replace(_folder.RebuildSegment(unit.First));
            else _units.Replace(_folder.BuildRun(unit.First));
        }
        catch (StorageCorruptException) when (unit.First < Volatile.Read(ref _first))
        {
            // Retention took the bodies meanwhile, and takes the index next.
        }
    }

    /// <summary>A job like the others, so that nothing is being merged of what it forgets.</summary>
    private void Forget(long first)
    {
        _units.RemoveBefore(first);
        ImmutableInterlocked.Update(ref _recent, recent => recent.RemoveAll(ids => ids.First + Sqlite.SegmentFile.Capacity <= first));
        _folder.DeleteBefore(first);
    }

    private void StartTail(long first)
    {
        _tail = new IndexTail(first);
        _units.Add(_tail);
    }

    private void Finish(IndexTail tail)
    {
        tail.Publish(IndexTail.Capacity);
        _room.Wait(_stopping.Token);
        _jobs.Writer.TryWrite(() => WriteRun(tail));
    }

    private void WriteRun(IndexTail tail)
    {
        _units.Replace(_folder.WriteRun(tail));
        _room.Release();
        if (tail.End % Sqlite.SegmentFile.Capacity == 0) _jobs.Writer.TryWrite(() => Merge(tail.End - Sqlite.SegmentFile.Capacity));
    }

    private void Merge(long first)
    {
        var runs = _units.Now.Where(unit => unit.First >= first && unit.End <= first + Sqlite.SegmentFile.Capacity).OfType<MappedIndex>().ToArray();
        if (runs.Length <= 1) return;
        _units.Replace(_folder.Merge(runs));
        ImmutableInterlocked.Update(ref _recent, recent => recent.RemoveAll(ids => ids.First == first));
        _folder.DeleteRuns(runs);
    }

    private async Task WorkAsync()
    {
        await foreach (var job in _jobs.Reader.ReadAllAsync())
        {
            // A run that is due is written also while stopping: the next start need not build it.
            while (!TryRun(job) && !_stopping.IsCancellationRequested)
            {
                await Task.Delay(RetryAfter, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private bool TryRun(Action job)
    {
        try
        {
            job();
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or StorageUnavailableException)
        {
            Log.CannotWrite(_logger, problem);
            return false;
        }
    }

    private RecentIds Recent(long sequence)
    {
        var first = sequence / Sqlite.SegmentFile.Capacity * Sqlite.SegmentFile.Capacity;
        foreach (var ids in _recent)
        {
            if (ids.First == first) return ids;
        }

        var added = new RecentIds(first, new IdTable(IndexTail.Capacity));
        ImmutableInterlocked.Update(ref _recent, recent => recent.Add(added));
        return added;
    }

    /// <summary>The ids of a segment that has no merged index yet.</summary>
    private sealed record RecentIds(long First, IdTable Table);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The index file {Path} is damaged; it is built again from the events.")]
        public static partial void Damaged(ILogger logger, string path);

        [LoggerMessage(Level = LogLevel.Warning, Message = "An index file cannot be written now; it is tried again. Queries still see every event.")]
        public static partial void CannotWrite(ILogger logger, Exception problem);
    }
}
