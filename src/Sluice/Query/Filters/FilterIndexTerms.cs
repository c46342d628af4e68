using Sluice.Events;
using Sluice.Ledger;
using Sluice.Storage;

namespace Sluice.Query.Filters;

/// <summary>What of a filter an index can answer. It may let too many events through, never one too few.</summary>
internal static class FilterIndexTerms
{
    private const long Latest = long.MaxValue;

    /// <param name="tenant">Hash of the only tenant whose events are asked for, if there is one.</param>
    public static IndexTerm Of(FilterNode node, ulong? tenant) => node switch
    {
        FilterNode.Term term => Of(term.Comparison, tenant),
        FilterNode.And and => OfAll(and, tenant ?? TenantOf(and)),
        FilterNode.Or or => Any(or.Parts.Select(part => Of(part, tenant))),
        _ => IndexTerm.Everything.Instance,
    };

    public static IndexTerm All(IEnumerable<IndexTerm> terms)
    {
        var narrowing = terms.SelectMany(term => term is IndexTerm.All all ? all.Terms : [term]).Where(term => term is not IndexTerm.Everything).Distinct().ToList();
        foreach (var times in narrowing.OfType<IndexTerm.Time>().GroupBy(time => time.Kind).Where(times => times.Count() > 1).ToList())
        {
            narrowing.RemoveAll(times.Contains);
            narrowing.Add(new IndexTerm.Time(times.Max(time => time.From), times.Min(time => time.To), times.Key));
        }

        return narrowing.Count switch
        {
            0 => IndexTerm.Everything.Instance,
            1 => narrowing[0],
            _ => new IndexTerm.All(narrowing),
        };
    }

    public static IndexTerm.Key Tenant(ulong hash) => new(IndexKind.Tenant, hash);

    private static IndexTerm OfAll(FilterNode.And and, ulong? tenant) => All(and.Parts.Select(part => Of(part, tenant)));

    private static IndexTerm Any(IEnumerable<IndexTerm> terms)
    {
        var alternatives = terms.SelectMany(term => term is IndexTerm.Any any ? any.Terms : [term]).Distinct().ToList();
        if (alternatives.Any(term => term is IndexTerm.Everything)) return IndexTerm.Everything.Instance;
        return alternatives.Count == 1 ? alternatives[0] : new IndexTerm.Any(alternatives);
    }

    private static ulong? TenantOf(FilterNode.And and)
    {
        foreach (var part in and.Parts)
            if (part is FilterNode.Term { Comparison: { Operator: FilterOperator.Equal } term } && term.Field.Is("tenant_id"))
                return KeyHash.Of(term.Values[0].Utf8);
        return null;
    }

    private static IndexTerm Of(FilterTerm term, ulong? tenant)
    {
        if (KindOf(term.Field) is { } kind) return Any(term.Values.Select(value => TimeOf(kind, term.Operator, value.Time)));
        if (term.Operator is not (FilterOperator.Equal or FilterOperator.In)) return IndexTerm.Everything.Instance;
        return Any(term.Values.Select(value => KeyOf(term.Field.Name, value, tenant)));
    }

    private static TimeKind? KindOf(FilterField field) => field.Name switch
    {
        "timestamp" => TimeKind.Timestamp,
        FilterField.EndedAtName or "api_call.ended_at" => TimeKind.EndedAt,
        _ => null,
    };

    private static IndexTerm TimeOf(TimeKind kind, FilterOperator op, long time) => op switch
    {
        FilterOperator.Equal or FilterOperator.In => new IndexTerm.Time(time, time, kind),
        FilterOperator.Greater => new IndexTerm.Time(time + 1, Latest, kind),
        FilterOperator.GreaterOrEqual => new IndexTerm.Time(time, Latest, kind),
        FilterOperator.Less => new IndexTerm.Time(0, time - 1, kind),
        FilterOperator.LessOrEqual => new IndexTerm.Time(0, time, kind),
        _ => IndexTerm.Everything.Instance,
    };

    /// <summary>Empty texts have no key.</summary>
    private static IndexTerm KeyOf(string field, FilterValue value, ulong? tenant) => value.Utf8.Length == 0 ? IndexTerm.Everything.Instance : field switch
    {
        "id" => IdOf(value, tenant),
        "tenant_id" => Tenant(KeyHash.Of(value.Utf8)),
        "actor.id" => new IndexTerm.Key(IndexKind.Actor, KeyHash.Of(value.Utf8)),
        "resource.id" => new IndexTerm.Key(IndexKind.Resource, KeyHash.Of(value.Utf8)),
        "action" => new IndexTerm.Key(IndexKind.Action, KeyHash.Of(value.Utf8)),
        "outcome" => new IndexTerm.Key(IndexKind.Outcome, KeyHash.Of(value.Utf8)),
        "request_id" => new IndexTerm.Key(IndexKind.Request, KeyHash.Of(value.Utf8)),
        // What is no hash matches nothing; any key that few events have will do.
        "integrity_hash" => new IndexTerm.Key(IndexKind.Digest, EventHash.TryParseText(value.Utf8, out var digest) ? KeyHash.OfDigest(digest) : 1),
        _ => IndexTerm.Everything.Instance,
    };

    private static IndexTerm IdOf(FilterValue value, ulong? tenant) =>
        tenant is { } hash
            ? new IndexTerm.Key(IndexKind.Id, KeyHash.OfId(hash, value.Utf8))
            : new IndexTerm.AnyTenantId(System.Text.Encoding.UTF8.GetString(value.Utf8));
}
