using System.ComponentModel;
using Sluice.Events;
using Sluice.Query.Filters;
using Sluice.Tenants;

namespace Sluice.Delivery.Definitions;

/// <summary>What a user sets for a destination of any kind.</summary>
public sealed record StreamSettings : IDestinationSettings
{
    private const int LongestName = 72;
    private const int MostEventTypes = 1_000;
    private const int LongestAction = 256;
    private const int MostTenants = 100;
    private const int ShortestHeartbeat = 10;
    private const int LongestHeartbeat = 86_400;

    [Description("For people: 1 to 72 characters; made from the kind when absent. For provider `http` it is unique in the tenant, or among those of the instance.")]
    public string? Name { get; init; }

    [Description("Whether it streams. Default true.")]
    public bool Enabled { get; init; } = true;

    [Description("How events are spelled: `sluice`, `zaita`, `veza`, `truthlocks`, `gitlab`, `zitadel`, `cloudevents`, `ocsf`, `ecs`, `cef` or `leef`; the kind's own default when absent.")]
    public string? Profile { get; init; }

    [Description("Only events that match this filter.")]
    public string? Filter { get; init; }

    [Description("Only these actions, exact or with a trailing `.*`; none means all, also actions that come up later.")]
    public IReadOnlyList<string> EventTypes { get; init; } = [];

    [Description("All but these actions, exact or with a trailing `.*`.")]
    public IReadOnlyList<string> ExceptEventTypes { get; init; } = [];

    [Description("Whether events of tenants that belong to this one, and of those that belong to these, are streamed too. For destinations of a tenant. Default false.")]
    public bool IncludeChildren { get; init; }

    [Description("Only events of these tenants, and of those that belong to them, of all that it would get. None means no such limit.")]
    public IReadOnlyList<string> OnlyTenants { get; init; } = [];

    [Description("Only these members of each event, by their paths: `id`, `actor.id`, `metadata.ticket`, `actor` with all in it. None means all.")]
    public IReadOnlyList<string> Fields { get; init; } = [];

    [Description("Whether personal members (actor.name, actor.email, source_ip, user_agent, metadata.personal) are left out. Hashes stay verifiable: `personal` has their salted commitment. Default false.")]
    public bool MaskPersonal { get; init; }

    [Description("Where a new stream begins: `now` (default), `beginning`, or an RFC 3339 time.")]
    public string StartFrom { get; init; } = "now";

    [Description("Batches on their way at once; default 1, so that order holds. Only some providers allow more, and then events arrive in any order.")]
    public int MaxInFlight { get; init; } = 1;

    [Description("After so many seconds in which nothing was sent, a caught-up stream sends one event that says so: 10 to 86400. None when absent. Not for providers that write objects.")]
    public int? HeartbeatSeconds { get; init; }

    string? IDestinationSettings.Warning => MaxInFlight > 1 ? "With max_in_flight above 1, events arrive in any order: sort them by sequence." : null;

    public void Check(DeliverySettings delivery)
    {
        if (Name is not null) CheckName(Name);
        if (StartFrom is not ("now" or "beginning") && !Timestamp.TryParse(StartFrom, out _))
            throw DefinitionException.Value("start_from", "start_from is \"now\", \"beginning\" or an RFC 3339 time.");
        if (HeartbeatSeconds is < ShortestHeartbeat or > LongestHeartbeat)
            throw DefinitionException.Value("heartbeat_seconds", $"heartbeat_seconds is {ShortestHeartbeat} to {LongestHeartbeat}, or null for none.");
        CheckTypes("event_types", EventTypes);
        CheckTypes("except_event_types", ExceptEventTypes);
        CheckTenants();
        ParseFilter();
        FieldList.Parse(Fields);
    }

    public void CheckInFlight(DestinationKind kind)
    {
        if (MaxInFlight >= 1 && MaxInFlight <= kind.MostInFlight) return;
        throw DefinitionException.Value("max_in_flight", kind.MostInFlight == 1
            ? $"Provider {kind.Name} is sent one request after the other, so that its events arrive in order: max_in_flight is 1."
            : $"max_in_flight is 1 to {kind.MostInFlight} for provider {kind.Name}.");
    }

    public void CheckHeartbeat(DestinationKind kind)
    {
        if (HeartbeatSeconds is not null && kind.FreezesBatches)
            throw DefinitionException.Value("heartbeat_seconds", $"Provider {kind.Name} writes objects, and each heartbeat would leave one more: it has no heartbeat.");
    }

    public EventFilter? ParseFilter()
    {
        if (Filter is null) return null;
        if (EventFilter.TryParse(Filter, out var filter, out var problem)) return filter;
        throw new DefinitionException("invalid_filter", "filter", problem.Message)
        {
            Column = problem.Column,
            Expected = problem.Expected,
        };
    }

    /// <summary>Names stand in logs, terminals and subjects of mails, where a line break or an escape would do something.</summary>
    private static void CheckName(string name)
    {
        if (name.Length == 0 || name.EnumerateRunes().Count() > LongestName) throw DefinitionException.Value("name", $"name has 1 to {LongestName} characters.");
        if (name.Any(char.IsControl)) throw DefinitionException.Value("name", "name has a line break, a tab or another control character: leave it out.");
    }

    private static void CheckTypes(string field, IReadOnlyList<string> types)
    {
        if (types.Count > MostEventTypes) throw DefinitionException.Value(field, $"{field} has at most {MostEventTypes} entries.");
        for (var i = 0; i < types.Count; i++)
        {
            if (!IsActionPattern(types[i]))
                throw DefinitionException.Value($"{field}[{i}]", "An event type is an action, such as user.login, or one with a trailing .*, such as user.*");
        }
    }

    private void CheckTenants()
    {
        if (OnlyTenants.Count > MostTenants) throw DefinitionException.Value("only_tenants", $"only_tenants has at most {MostTenants} entries.");
        for (var i = 0; i < OnlyTenants.Count; i++)
        {
            if (OnlyTenants[i] is not { } tenant || !TenantNames.IsId(tenant)) throw DefinitionException.Value($"only_tenants[{i}]", "A tenant's id has 1 to 256 bytes and no control characters.");
        }
    }

    private static bool IsActionPattern(string? type) =>
        type is { Length: > 0 and <= LongestAction } && type != ".*" && !(type.EndsWith(".*", StringComparison.Ordinal) ? type[..^2] : type).Contains('*');
}
