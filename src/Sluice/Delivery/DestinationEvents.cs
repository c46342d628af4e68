using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.SelfAudit;
using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>What Sluice tells of destinations in its own ledger.</summary>
internal static class DestinationEvents
{
    /// <param name="before">Null when it is new.</param>
    /// <param name="after">Null when it is gone.</param>
    /// <param name="members">Names of the members that were given: so that also a credential's change shows.</param>
    public static OwnEvent Changed(string action, long at, DestinationDefinition? before, DestinationDefinition? after, IEnumerable<string>? members = null) => OwnEvent.OfChange(
        action, at, ResourceOf((after ?? before)!), (after ?? before)!.TenantId, before is null ? null : FactsOf(before), after is null ? null : FactsOf(after),
        members is null ? null : new JsonObject { ["members"] = new JsonArray([.. members.Select(name => JsonValue.Create(name))]) });

    /// <summary>What somebody did with one, that changes no member of it.</summary>
    public static OwnEvent Commanded(string action, long at, DestinationDefinition definition, JsonObject details) =>
        OwnEvent.OfChange(action, at, ResourceOf(definition), definition.TenantId, null, null, details);

    /// <summary>What became of a stream by itself.</summary>
    /// <returns>Null for what is not told of.</returns>
    public static OwnEvent? Became(DestinationDefinition definition, StreamStatus before, StreamState state, long cursor, LastError? error) => ActionOf(before, state.Status) is not { } action ? null
        : new OwnEvent(action, state.StatusSince)
        {
            Outcome = action == OwnActions.DestinationRecovered ? OwnEvent.Success : OwnEvent.Failure,
            Resource = ResourceOf(definition),
            TenantId = definition.TenantId,
            Metadata = new JsonObject
            {
                ["provider"] = definition.Kind.Name,
                ["cursor"] = cursor,
                ["error"] = error is null ? null : new JsonObject { ["class"] = error.Class.Name(), ["message"] = error.Message },
            },
        };

    public static string ActionOf(bool wasEnabled, bool isEnabled) => (wasEnabled, isEnabled) switch
    {
        (false, true) => OwnActions.DestinationEnabled,
        (true, false) => OwnActions.DestinationDisabled,
        _ => OwnActions.DestinationUpdated,
    };

    private static string? ActionOf(StreamStatus before, StreamStatus after) => (before, after) switch
    {
        (StreamStatus.Active, StreamStatus.Degraded) => OwnActions.DestinationDegraded,
        (StreamStatus.Degraded, StreamStatus.Active) => OwnActions.DestinationRecovered,
        (_, StreamStatus.Failed) => OwnActions.DestinationFailed,
        _ => null,
    };

    private static OwnResource ResourceOf(DestinationDefinition definition) => new("destination", definition.Id, definition.Stream.Name);

    private static JsonObject FactsOf(DestinationDefinition definition)
    {
        var facts = DestinationFacts.Of(definition);
        facts["credentials_set"] = new JsonArray([.. definition.CredentialsSet.Select(name => JsonValue.Create(name))]);
        return facts;
    }
}
