using Sluice.Events;
using Sluice.Query.Filters;
using Sluice.Storage;

namespace Sluice.Server.Dialects.Zitadel;

/// <summary>Which events are asked for, with every member that ZITADEL's call has.</summary>
internal sealed record ZitadelRequest
{
    public const int LargestPage = 1_000;

    private const long Microsecond = 1_000;

    private static readonly string[] Members =
        ["sequence", "limit", "asc", "editorUserId", "eventTypes", "aggregateId", "aggregateTypes", "resourceOwner", "creationDate", "range", "from"];

    public required int Limit { get; init; }

    public required bool Ascending { get; init; }

    /// <summary>Only events behind this one, in commit order; 0 for all in commit order, null for all in order of time.</summary>
    public long? After { get; init; }

    public required IReadOnlyList<string> EventTypes { get; init; }

    public required IReadOnlyList<string> AggregateTypes { get; init; }

    /// <summary>Nanoseconds: the first that may match, and the first that may not any more.</summary>
    public required (long From, long To) Times { get; init; }

    private string? Editor { get; init; }

    private string? Aggregate { get; init; }

    private string? Owner { get; init; }

    public static async Task<ZitadelRequest> OfAsync(HttpContext context)
    {
        var body = await ZitadelBody.ReadAsync(context, Members);
        var limit = body.Number("limit", uint.MaxValue) ?? 0;
        var ascending = body.Flag("asc");
        return new ZitadelRequest
        {
            Limit = limit is 0 or > LargestPage ? LargestPage : (int)limit,
            Ascending = ascending,
            After = body.Number("sequence", ulong.MaxValue) is { } after ? (long)Math.Min(after, long.MaxValue - 1) : null,
            EventTypes = body.Texts("eventTypes"),
            AggregateTypes = body.Texts("aggregateTypes"),
            Editor = body.Text("editorUserId"),
            Aggregate = body.Text("aggregateId"),
            Owner = body.Text("resourceOwner"),
            Times = TimesOf(body, ascending),
        };
    }

    /// <summary>All of it but the times; null when it asks for everything.</summary>
    public EventFilter? Filter()
    {
        var all = All(
            Equal("actor.id", Editor), Equal("tenant_id", Owner), In("action", EventTypes), Subject(),
            After > 0 ? $"sequence GT {After}" : null);
        return all is null ? null : EventFilter.Compose(all);
    }

    /// <summary>The same with the times in it.</summary>
    public EventFilter? TimedFilter()
    {
        var times = All(
            Times.From > 0 ? $"timestamp GE \"{Timestamp.Text(Times.From)}\"" : null,
            Times.To < long.MaxValue ? $"timestamp LT \"{Timestamp.Text(Times.To)}\"" : null);
        return All(Filter()?.Text, times) is { } all ? EventFilter.Compose(all) : null;
    }

    /// <summary>Times with finer digits than the answer shows cannot be told apart by who goes on from the last one shown: so "after" is after all of its microsecond.</summary>
    private static (long From, long To) TimesOf(ZitadelBody body, bool ascending)
    {
        var (range, from, since) = (body.Object("range", "since", "until"), body.Time("from"), body.Time("creationDate"));
        if (range is not null) return (range.Time("since") ?? 0, range.Time("until") ?? long.MaxValue);
        if (from is null) return (since ?? 0, long.MaxValue);
        return ascending ? (from.Value - (from.Value % Microsecond) + Microsecond, long.MaxValue) : (0, from.Value);
    }

    /// <summary>The aggregate is the resource, or, without the id of one, the actor.</summary>
    private string? Subject()
    {
        if (Aggregate is null && AggregateTypes.Count == 0) return null;
        var resource = All("resource.id GE \"\"", Equal("resource.id", Aggregate), In("resource.type", AggregateTypes));
        var actor = All("NOT resource.id GE \"\"", Equal("actor.id", Aggregate), In("actor.type", AggregateTypes));
        return $"({resource} OR {actor})";
    }

    private static string? All(params string?[] terms)
    {
        var given = terms.Where(term => term is not null).ToList();
        return given.Count == 0 ? null : string.Join(" AND ", given);
    }

    private static string? Equal(string field, string? value) => value is null ? null : $"{field} EQ {EventFilter.Quote(value)}";

    private static string? In(string field, IReadOnlyList<string> values) => values.Count == 0 ? null : $"{field} IN ({string.Join(", ", values.Select(EventFilter.Quote))})";
}
