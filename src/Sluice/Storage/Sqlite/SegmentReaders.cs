using System.Collections.Concurrent;

namespace Sluice.Storage.Sqlite;

/// <summary>Reading connections, lent out one at a time and kept for the next reader. At most a few idle ones stay open, whatever the number of segments.</summary>
internal sealed class SegmentReaders(string folder) : IDisposable
{
    private const int IdlePerSegment = 4;
    private const int IdleInAll = 64;

    private readonly ConcurrentDictionary<long, ConcurrentBag<SegmentReader>> _idle = new();
    private int _idleCount;

    public T Use<T>(long segment, Func<SegmentReader, T> read)
    {
        var reader = Rent(segment);
        try
        {
            var result = read(reader);
            Return(segment, reader);
            return result;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Closes what is idle, before a segment's file is removed or the ledger closes.</summary>
    public void Dispose()
    {
        foreach (var segment in _idle.Keys) Close(segment);
    }

    public void Close(long segment)
    {
        if (!_idle.TryRemove(segment, out var bag)) return;
        while (bag.TryTake(out var reader))
        {
            Interlocked.Decrement(ref _idleCount);
            reader.Dispose();
        }
    }

    private SegmentReader Rent(long segment)
    {
        if (!_idle.TryGetValue(segment, out var bag) || !bag.TryTake(out var reader)) return new SegmentReader(SegmentFile.PathOf(folder, segment));
        Interlocked.Decrement(ref _idleCount);
        return reader;
    }

    private void Return(long segment, SegmentReader reader)
    {
        var bag = _idle.GetOrAdd(segment, _ => []);
        if (bag.Count >= IdlePerSegment || Volatile.Read(ref _idleCount) >= IdleInAll)
        {
            reader.Dispose();
            return;
        }

        Interlocked.Increment(ref _idleCount);
        bag.Add(reader);
    }
}
