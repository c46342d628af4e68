using Sluice.Events;

namespace Sluice.Storage.Index;

/// <summary>The index of consecutive events: a tail in memory, a run, or a whole sealed segment.</summary>
internal abstract class IndexUnit(long first)
{
    /// <summary>The sequence at position 0.</summary>
    public long First { get; } = first;

    /// <summary>Events in it. A tail's grows; every other unit is complete.</summary>
    public abstract int Count { get; }

    public long End => First + Count;

    public int TimeBlocks => IndexFile.TimeBlocks(Count);

    /// <summary>The events' times by position. Whoever holds them keeps the unit alive.</summary>
    public abstract ReadOnlySpan<long> Times(TimeKind kind);

    /// <summary>Between which times the events of a block lie.</summary>
    public abstract TimeBounds Bounds(TimeKind kind, int block);

    public Positions Open(IndexTerm term, bool descending) => term switch
    {
        IndexTerm.Key key => Key(key.Kind, key.Hash, descending),
        IndexTerm.Time time => Time(time.Kind, time.From, time.To, descending),
        IndexTerm.AnyTenantId id => AnyTenantId(id.Id, descending),
        IndexTerm.All all => new AllOf(OpenEach(all.Terms, descending)),
        IndexTerm.Any any => new AnyOf(OpenEach(any.Terms, descending), descending),
        _ => new EveryPosition(Count),
    };

    protected abstract Positions Key(IndexKind kind, ulong hash, bool descending);

    protected abstract Positions Time(TimeKind kind, long from, long to, bool descending);

    /// <summary>The hashes of all tenants that have events in this unit.</summary>
    protected abstract IReadOnlyList<ulong> Tenants();

    protected virtual Positions AnyOfKeys(IndexKind kind, IReadOnlyList<ulong> hashes, bool descending)
    {
        var found = hashes.Select(hash => Key(kind, hash, descending)).Where(positions => positions is not NoPosition).ToArray();
        return found.Length == 0 ? NoPosition.Instance : found.Length == 1 ? found[0] : new AnyOf(found, descending);
    }

    private Positions AnyTenantId(string id, bool descending)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes(id);
        return AnyOfKeys(IndexKind.Id, [.. Tenants().Select(tenant => KeyHash.OfId(tenant, utf8))], descending);
    }

    private Positions[] OpenEach(IReadOnlyList<IndexTerm> terms, bool descending)
    {
        var opened = new Positions[terms.Count];
        for (var i = 0; i < opened.Length; i++) opened[i] = Open(terms[i], descending);
        return opened;
    }
}
