using System.Runtime.InteropServices;
using Sluice.Storage;

namespace Sluice.Query;

/// <summary>Walks the matching events of a slice of time one by one, in its direction. The index says which come next, and their bodies are read in batches.</summary>
internal sealed class TimedWalk(EventQuery query, TimedRest rest, int wanted) : IDisposable
{
    private const int SmallestBatch = 16;
    private const int LargestBatch = 256;

    /// <summary>Places that the index is asked for at once: each time it looks at the bounds of all blocks.</summary>
    private const int LargestAsk = 10_001;

    private readonly IndexTerm _term = Without(query.Term, rest.Slice.Kind);
    private readonly List<TimePlace> _places = [];
    private readonly PickedEvents _batch = new(query.Ledger);
    private bool _isLastAsk;
    private int _at;
    private int _read;
    private int _size = Math.Clamp(wanted, SmallestBatch, LargestBatch);

    /// <summary>Bodies that it may still read; the walk stops there.</summary>
    public long Budget { get; set; }

    public StoredEvent Current { get; private set; }

    public SequenceSpan Span { get; } = rest.Span;

    /// <summary>What lies behind the last event that was looked at, whether it matched or not; empty at the end.</summary>
    public TimeSlice Slice { get; private set; } = rest.Slice;

    /// <summary>Goes to the next event that matches. False at the end, or when the budget is used up and <see cref="Slice"/> is not empty.</summary>
    /// <exception cref="EventsRemovedException">Retention was faster.</exception>
    public async ValueTask<bool> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            for (; _at < _read; _at++)
            {
                Current = _batch[_places[_at].Sequence];
                Slice = Slice.Behind(_places[_at]);
                if (!query.Matches(Current)) continue;
                _at++;
                return true;
            }

            if (Budget <= 0 || !await ReadBatchAsync(cancellation)) return false;
        }
    }

    public void Dispose() => _batch.Dispose();

    /// <returns>False when there is nothing more.</returns>
    private async ValueTask<bool> ReadBatchAsync(CancellationToken cancellation)
    {
        await Task.Yield();
        cancellation.ThrowIfCancellationRequested();
        if (_read == _places.Count && !await AskAsync(cancellation)) return false;
        var count = (int)Math.Min(Math.Min(_size, Budget), _places.Count - _read);
        var found = await _batch.ReadAsync(CollectionsMarshal.AsSpan(_places).Slice(_read, count), cancellation);
        if (!found || Span.First < query.Ledger.First) throw new EventsRemovedException(Span.First, query.Ledger.First - 1);
        _read += count;
        Budget -= count;
        _size = Math.Min(LargestBatch, _size * 2);
        return true;
    }

    private async ValueTask<bool> AskAsync(CancellationToken cancellation)
    {
        (_at, _read) = (0, 0);
        _places.Clear();
        var max = (int)Math.Clamp(wanted + 1L, SmallestBatch, LargestAsk);
        if (!_isLastAsk && !Slice.IsEmpty && !Span.IsEmpty) await query.Index.FindByTimeAsync(_term, Span, Slice, _places, max, cancellation);
        if (!Span.IsEmpty && Span.First < query.Ledger.First) throw new EventsRemovedException(Span.First, query.Ledger.First - 1);
        _isLastAsk = _places.Count < max;
        if (_places.Count == 0) Slice = Slice with { From = Slice.To };
        return _places.Count > 0;
    }

    /// <summary>The slice says already what the term says of the same time.</summary>
    private static IndexTerm Without(IndexTerm term, Events.TimeKind kind) => term switch
    {
        IndexTerm.Time time when time.Kind == kind => IndexTerm.Everything.Instance,
        IndexTerm.All all => new IndexTerm.All([.. all.Terms.Where(part => part is not IndexTerm.Time time || time.Kind != kind)]),
        _ => term,
    };
}
