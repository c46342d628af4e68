namespace Sluice.Storage.Sqlite;

/// <summary>
/// Reading connections, lent out one at a time and kept for the next reader. At most a few idle ones stay open, whatever the number of segments.
/// Segments that were dropped are not read any more, and whoever drops one waits for its last reader.
/// </summary>
/// <param name="first">Number of the first segment that is kept.</param>
internal sealed class SegmentReaders(string folder, long first) : IDisposable
{
    private const int IdlePerSegment = 4;
    private const int IdleInAll = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, Loans> _segments = [];
    private long _first = first;
    private int _idle;

    /// <returns>False when the segment was dropped; then nothing was read.</returns>
    public bool TryUse(long segment, Action<SegmentReader> read)
    {
        if (!TryBorrow(segment, out var reader)) return false;
        var isWhole = false;
        try
        {
            reader ??= new SegmentReader(SegmentFile.PathOf(folder, segment));
            read(reader);
            isWhole = true;
            return true;
        }
        finally
        {
            Return(segment, reader, isWhole);
        }
    }

    /// <summary>Lends no reader of segments before this one any more; the task ends when the last one that is lent is back.</summary>
    public Task RetireBefore(long segment)
    {
        lock (_lock)
        {
            _first = Math.Max(_first, segment);
            return Task.WhenAll([.. _segments.Keys.Where(number => number < _first).ToArray().Select(Retire)]);
        }
    }

    /// <summary>Closes what is idle, before the ledger closes.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var loans in _segments.Values) CloseIdle(loans);
        }
    }

    private bool TryBorrow(long segment, out SegmentReader? reader)
    {
        reader = null;
        lock (_lock)
        {
            if (segment < _first) return false;
            if (!_segments.TryGetValue(segment, out var loans)) _segments.Add(segment, loans = new Loans());
            loans.Lent++;
            if (loans.Idle.TryPop(out reader)) _idle--;
            return true;
        }
    }

    private void Return(long segment, SegmentReader? reader, bool isWhole)
    {
        lock (_lock)
        {
            var loans = _segments[segment];
            loans.Lent--;
            if (reader is not null && isWhole && segment >= _first && loans.Idle.Count < IdlePerSegment && _idle < IdleInAll)
            {
                loans.Idle.Push(reader);
                _idle++;
                return;
            }

            // The file is removed as soon as the last one is back, so the reader is closed before that is said.
            reader?.Dispose();
            if (segment < _first && loans.Lent == 0) End(segment, loans);
        }
    }

    private Task Retire(long segment)
    {
        var loans = _segments[segment];
        CloseIdle(loans);
        if (loans.Lent == 0) End(segment, loans);
        return loans.AllBack.Task;
    }

    private void End(long segment, Loans loans)
    {
        _segments.Remove(segment);
        loans.AllBack.TrySetResult();
    }

    private void CloseIdle(Loans loans)
    {
        while (loans.Idle.TryPop(out var reader))
        {
            _idle--;
            reader.Dispose();
        }
    }

    private sealed class Loans
    {
        public Stack<SegmentReader> Idle { get; } = new();

        public int Lent { get; set; }

        public TaskCompletionSource AllBack { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
