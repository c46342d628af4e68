using System.Text;
using Sluice.Query.Filters;
using Sluice.Storage;

namespace Sluice.Query;

/// <summary>Which events of one ledger are asked for.</summary>
/// <param name="Tenant">Only this tenant's, whatever the filter says; null for every tenant of the ledger.</param>
/// <param name="Concerned">Of Sluice's own events only those about this tenant's keys and destinations; null for all.</param>
/// <param name="Bound">A filter that holds besides, whatever <paramref name="Filter"/> says; null for none.</param>
public sealed record EventQuery(ILedgerReader Ledger, IEventIndex Index, EventFilter? Filter, string? Tenant, string? Concerned = null, EventFilter? Bound = null)
{
    private readonly EventFilter? _wall = Concerned is null ? WallOf(Tenant) : ConcernOf(Concerned);

    /// <summary>What the index narrows; <see cref="IndexTerm.Everything"/> when reading along sequences is as good.</summary>
    public IndexTerm Term { get; } = TermOf([.. new[] { Filter, Bound }.OfType<EventFilter>().Select(filter => filter.ToIndexTerm(Tenant))], Tenant);

    public bool Matches(in StoredEvent stored) =>
        (Filter is null || Filter.Matches(stored)) && (_wall is null || _wall.Matches(stored)) && (Bound is null || Bound.Matches(stored));

    /// <summary>Cuts off what cannot match: outside the filter's own sequences, and outside its commit times, which run along them.</summary>
    /// <exception cref="EventsRemovedException">Going upwards, retention was faster.</exception>
    public async ValueTask<SequenceSpan> NarrowAsync(SequenceSpan span, CancellationToken cancellation)
    {
        if (Filter is not null) span = await NarrowAsync(span, Filter, cancellation);
        return Bound is null ? span : await NarrowAsync(span, Bound, cancellation);
    }

    private async ValueTask<SequenceSpan> NarrowAsync(SequenceSpan span, EventFilter filter, CancellationToken cancellation)
    {
        var (first, end) = filter.SequenceBounds();
        var (from, to) = filter.PersistedBounds();
        span = span with { First = Math.Max(span.First, first), End = Math.Min(span.End, end) };
        var begin = span.First;
        if (from > 0) span = span with { First = await CommitTimes.FirstFromAsync(Ledger, from, span, cancellation) };
        if (to < long.MaxValue) span = span with { End = await CommitTimes.FirstFromAsync(Ledger, to + 1, span, cancellation) };
        // Commit times that are gone cannot be compared.
        if (!span.Descending && begin < Math.Min(Ledger.First, span.End)) throw new EventsRemovedException(begin, Ledger.First - 1);
        return span;
    }

    private static IndexTerm TermOf(IndexTerm[] filters, string? tenant) => filters switch
    {
        [] => WallOf(tenant)?.ToIndexTerm() ?? IndexTerm.Everything.Instance,
        [var only] => only,
        _ => FilterIndexTerms.All(filters),
    };

    private static EventFilter ConcernOf(string tenant) =>
        EventFilter.TryParse($"metadata.tenant_id EQ {EventFilter.Quote(tenant)}", out var concern, out var problem) ? concern : throw new ArgumentException(problem.Message, nameof(tenant));

    private static EventFilter? WallOf(string? tenant) =>
        tenant is not null && EventFilter.TryParse($"tenant_id EQ {EventFilter.Quote(tenant)}", out var wall, out _) ? wall : null;
}
