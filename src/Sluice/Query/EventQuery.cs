using System.Text;
using Sluice.Query.Filters;
using Sluice.Storage;

namespace Sluice.Query;

/// <summary>Which events of one ledger are asked for.</summary>
/// <param name="Tenant">Only this tenant's, whatever the filter says; null for every tenant of the ledger.</param>
/// <param name="Concerned">Of Sluice's own events only those about this tenant's keys and destinations; null for all.</param>
public sealed record EventQuery(ILedgerReader Ledger, IEventIndex Index, EventFilter? Filter, string? Tenant, string? Concerned = null)
{
    private readonly EventFilter? _wall = Concerned is null ? WallOf(Tenant) : ConcernOf(Concerned);

    /// <summary>What the index narrows; <see cref="IndexTerm.Everything"/> when reading along sequences is as good.</summary>
    public IndexTerm Term { get; } = Filter?.ToIndexTerm(Tenant) ?? WallOf(Tenant)?.ToIndexTerm() ?? IndexTerm.Everything.Instance;

    public bool Matches(in StoredEvent stored) =>
        (Filter is null || Filter.Matches(stored)) && (_wall is null || _wall.Matches(stored));

    /// <summary>Cuts off what cannot match: outside the filter's own sequences, and outside its commit times, which run along them.</summary>
    /// <exception cref="EventsRemovedException">Going upwards, retention was faster.</exception>
    public async ValueTask<SequenceSpan> NarrowAsync(SequenceSpan span, CancellationToken cancellation)
    {
        if (Filter is null) return span;
        var (first, end) = Filter.SequenceBounds();
        var (from, to) = Filter.PersistedBounds();
        span = span with { First = Math.Max(span.First, first), End = Math.Min(span.End, end) };
        var begin = span.First;
        if (from > 0) span = span with { First = await CommitTimes.FirstFromAsync(Ledger, from, span, cancellation) };
        if (to < long.MaxValue) span = span with { End = await CommitTimes.FirstFromAsync(Ledger, to + 1, span, cancellation) };
        // Commit times that are gone cannot be compared.
        if (!span.Descending && begin < Math.Min(Ledger.First, span.End)) throw new EventsRemovedException(begin, Ledger.First - 1);
        return span;
    }

    private static EventFilter ConcernOf(string tenant) =>
        EventFilter.TryParse($"metadata.tenant_id EQ {EventFilter.Quote(tenant)}", out var concern, out var problem) ? concern : throw new ArgumentException(problem.Message, nameof(tenant));

    private static EventFilter? WallOf(string? tenant) =>
        tenant is not null && EventFilter.TryParse($"tenant_id EQ {EventFilter.Quote(tenant)}", out var wall, out _) ? wall : null;
}
