using Sluice.Storage;

namespace Sluice.Query;

/// <summary>
/// One page of a query, event by event, and then where the next one begins. Its work is bounded: when that is used up the page is short, and says that there is more.
/// </summary>
public sealed class EventSearch : IDisposable
{
    /// <summary>Bodies that are read for one page at most.</summary>
    public const int MaxExamined = 200_000;

    private readonly EventWalk _walk;
    private readonly PageOrder _order;
    private readonly long _caughtUp;
    private readonly int _size;
    private int _count;

    private EventSearch(EventWalk walk, PageOrder order, long caughtUp, int size, int examined)
    {
        (_walk, _order, _caughtUp, _size) = (walk, order, caughtUp, size);
        _walk.Budget = examined;
    }

    public StoredEvent Current => _walk.Current;

    /// <summary>Whether an event waits behind this page, or the page was cut short. Known after <see cref="NextAsync"/> said false.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Where the next page begins; null when nothing older is left. Known after <see cref="NextAsync"/> said false.</summary>
    public long? NextPosition { get; private set; }

    /// <param name="position">As a page token has it; null for the first page.</param>
    /// <param name="until">Where the walk ends, for now; null for where the ledger does.</param>
    public static async ValueTask<EventSearch> BeginAsync(
        EventQuery query, PageOrder order, long? position, int size, CancellationToken cancellation, int examined = MaxExamined, long? until = null)
    {
        var ledger = query.Ledger;
        var (first, end) = (ledger.First, Math.Min(ledger.Size, until ?? long.MaxValue));
        var whole = order == PageOrder.Ascending
            ? new SequenceSpan(position ?? first, end, false)
            : new SequenceSpan(first, Math.Min(position ?? end, end), true);
        var span = await query.NarrowAsync(whole, cancellation);
        return new EventSearch(new EventWalk(query, span, size), order, Math.Max(whole.First, span.End), size, examined);
    }

    public async ValueTask<bool> NextAsync(CancellationToken cancellation)
    {
        if (_count < _size && await _walk.NextAsync(cancellation))
        {
            _count++;
            return true;
        }

        if (_count == _size && await _walk.NextAsync(cancellation)) StopBefore(_walk.Current.Sequence);
        else Stop(_walk.Rest);
        return false;
    }

    public void Dispose() => _walk.Dispose();

    private void StopBefore(long sequence)
    {
        HasMore = true;
        NextPosition = _order == PageOrder.Ascending ? sequence : sequence + 1;
    }

    private void Stop(SequenceSpan rest)
    {
        HasMore = !rest.IsEmpty;
        if (_order == PageOrder.Ascending) NextPosition = HasMore ? rest.First : _caughtUp;
        else NextPosition = HasMore ? rest.End : null;
    }
}
