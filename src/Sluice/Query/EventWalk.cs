using Sluice.Storage;

namespace Sluice.Query;

/// <summary>
/// Walks the matching events of a span one by one, in its direction, reading them in batches. Holds one batch in memory at most.
/// </summary>
public sealed class EventWalk : IDisposable
{
    private const int SmallestBatch = 16;
    private const int LargestBatch = 256;

    /// <summary>Batches of large events shrink to about this many bytes.</summary>
    private const int BatchBytes = 4 << 20;

    /// <summary>
    /// Candidates that lie this close are read as one range, their neighbours with them: reading along is ten times as fast as picking.
    /// </summary>
    private const int DenseRange = 8;

    private const int LongestRange = 1024;

    private readonly EventQuery _query;
    private readonly bool _scans;
    private readonly EventPage _page = new();
    private readonly List<long> _candidates = [];
    private SequenceSpan _unread;
    private int _batch;
    private int _at = -1;
    private int _averageBytes = 1024;

    /// <summary>Whether the page is in sequence order although the walk goes downwards.</summary>
    private bool _backwards;

    /// <param name="wanted">How many events the caller hopes for: the first batch is no larger than that needs.</param>
    public EventWalk(EventQuery query, SequenceSpan span, int wanted = LargestBatch)
    {
        (_query, _unread) = (query, span);
        _scans = query.Term is IndexTerm.Everything;
        _batch = (int)Math.Clamp((long)wanted + 1, SmallestBatch, LargestBatch);
    }

    /// <summary>Bodies that it may still read; the walk stops there.</summary>
    public long Budget { get; set; } = long.MaxValue;

    public StoredEvent Current { get; private set; }

    /// <summary>What is left of the span: after a true <see cref="NextAsync"/> what lies behind the current event, else where to go on.</summary>
    public SequenceSpan Rest { get; private set; }

    /// <summary>Goes to the next event that matches. False at the span's end, or when the budget is used up and <see cref="Rest"/> is not empty.</summary>
    /// <exception cref="EventsRemovedException">Going upwards, retention was faster.</exception>
    public async ValueTask<bool> NextAsync(CancellationToken cancellation)
    {
        while (!NextInBatch())
        {
            Rest = _unread;
            if (_unread.IsEmpty || Budget <= 0) return false;
            await ReadBatchAsync(cancellation);
        }

        Rest = Behind(Current.Sequence);
        return true;
    }

    public void Dispose() => _page.Dispose();

    private bool NextInBatch()
    {
        while (++_at < _page.Count)
        {
            var stored = _page[_backwards ? _page.Count - 1 - _at : _at];
            if (!_query.Matches(stored)) continue;
            Current = stored;
            return true;
        }

        return false;
    }

    private SequenceSpan Behind(long sequence)
    {
        var span = _unread;
        return span.Descending ? new SequenceSpan(span.First, sequence, true) : new SequenceSpan(sequence + 1, span.End, false);
    }

    private async ValueTask ReadBatchAsync(CancellationToken cancellation)
    {
        await Task.Yield();
        cancellation.ThrowIfCancellationRequested();
        _page.Clear();
        _at = -1;
        var start = _unread;
        var size = (int)Math.Min(_batch, Budget);
        if (_scans) await ScanAsync(size, cancellation);
        else await AskIndexAsync(size, cancellation);
        if (!start.Descending && start.First < _query.Ledger.First) throw new EventsRemovedException(start.First, _query.Ledger.First - 1);
        Budget -= Math.Max(1, _page.Count);
        _batch = NextBatch(size);
    }

    private async ValueTask ScanAsync(int size, CancellationToken cancellation)
    {
        var (first, end) = (_unread.First, _unread.End);
        if (_unread.Descending) await ReadRangeAsync(Math.Max(first, end - size), end, cancellation);
        else await ReadRangeAsync(first, Math.Min(end, first + size), cancellation);
    }

    private async ValueTask AskIndexAsync(int size, CancellationToken cancellation)
    {
        _candidates.Clear();
        var span = _unread;
        var rest = await _query.Index.FindAsync(_query.Term, span, _candidates, size, cancellation);
        _unread = rest ?? (span.Descending ? span with { End = span.First } : span with { First = span.End });
        if (_candidates.Count > 0 && AreDense(out var first, out var end)) await ReadRangeAsync(first, end, cancellation);
        else await PickAsync(cancellation);
    }

    private bool AreDense(out long first, out long end)
    {
        (first, end) = (Math.Min(_candidates[0], _candidates[^1]), Math.Max(_candidates[0], _candidates[^1]) + 1);
        var length = end - first;
        return length <= LongestRange && length <= (long)DenseRange * _candidates.Count && length * _averageBytes <= BatchBytes;
    }

    private async ValueTask PickAsync(CancellationToken cancellation)
    {
        _backwards = false;
        await _query.Ledger.ReadManyAsync(_page, _candidates.ToArray(), cancellation);
    }

    /// <summary>Reads a range at the near end of what is unread. Upwards it stops when there are bytes enough.</summary>
    private async ValueTask ReadRangeAsync(long first, long end, CancellationToken cancellation)
    {
        _backwards = _unread.Descending;
        var bytes = _backwards ? int.MaxValue : BatchBytes;
        await _query.Ledger.ReadAsync(_page, first, end, (int)(end - first), bytes, cancellation);
        if (_backwards) _unread = _unread with { End = Math.Min(_unread.End, first) };
        else if (_page.Count > 0 && _page[_page.Count - 1].Sequence + 1 < end) _unread = _unread with { First = _page[_page.Count - 1].Sequence + 1 };
        else _unread = _unread with { First = Math.Max(_unread.First, end) };
    }

    private int NextBatch(int size)
    {
        if (_page.Count == 0) return Math.Min(LargestBatch, size * 2);
        _averageBytes = _page.Bytes / _page.Count + 1;
        return Math.Clamp(Math.Min(size * 2, BatchBytes / _averageBytes), SmallestBatch, LargestBatch);
    }
}
