using Sluice.Events;
using Sluice.Storage;

namespace Sluice.Query;

/// <summary>What of a walk in order of time is still to be read: of the events that were committed when it began, those of a slice of time.</summary>
public readonly record struct TimedRest(SequenceSpan Span, TimeSlice Slice);

/// <summary>
/// One page of a query in order of a time, event by event, and then where the next one begins. What is committed after its walk began is no part of it,
/// so that pages neither overlap nor leave anything out, whatever times new events bring. Its work is bounded as that of <see cref="EventSearch"/>.
/// </summary>
public sealed class TimedSearch : IDisposable
{
    private readonly TimedWalk _walk;
    private readonly EventQuery _query;
    private readonly int _size;
    private int _count;

    private TimedSearch(EventQuery query, TimedRest rest, int size, int examined)
    {
        (_query, _size) = (query, size);
        _walk = new TimedWalk(query, rest, size) { Budget = examined };
    }

    public StoredEvent Current => _walk.Current;

    /// <summary>Whether an event waits behind this page, or the page was cut short. Known after <see cref="NextAsync"/> said false.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Where the next page begins; empty when nothing is left. Known after <see cref="NextAsync"/> said false.</summary>
    public TimedRest Rest { get; private set; }

    /// <summary>Everything that is committed now and lies in the slice.</summary>
    public static TimedRest Whole(EventQuery query, TimeSlice slice) => new(new SequenceSpan(query.Ledger.First, query.Ledger.Size, false), slice);

    /// <param name="rest">The whole, or what the page before left.</param>
    /// <exception cref="EventsRemovedException">Retention removed events that may have been in what is left.</exception>
    public static async ValueTask<TimedSearch> BeginAsync(EventQuery query, TimedRest rest, int size, CancellationToken cancellation, int examined = EventSearch.MaxExamined)
    {
        var span = await query.NarrowAsync(rest.Span, cancellation);
        return new TimedSearch(query, rest with { Span = span }, size, examined);
    }

    public async ValueTask<bool> NextAsync(CancellationToken cancellation)
    {
        if (_count < _size && await _walk.NextAsync(cancellation))
        {
            _count++;
            return true;
        }

        var slice = _walk.Slice;
        HasMore = _count < _size ? !slice.IsEmpty : await _walk.NextAsync(cancellation) || !_walk.Slice.IsEmpty;
        var span = _walk.Span;
        Rest = new TimedRest(HasMore ? _query.Index.Narrow(span, slice) : span with { First = span.End }, slice);
        return false;
    }

    public void Dispose() => _walk.Dispose();
}
