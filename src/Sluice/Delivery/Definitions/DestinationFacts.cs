using System.Text.Json.Nodes;

namespace Sluice.Delivery.Definitions;

/// <summary>A destination's members as they may be shown and written down: without any credential.</summary>
public static class DestinationFacts
{
    /// <param name="toAdmin">Shows also what only admins see.</param>
    public static JsonObject Of(DestinationDefinition definition, bool toAdmin = false)
    {
        var facts = new JsonObject
        {
            ["id"] = definition.Id,
            ["name"] = definition.Stream.Name,
            ["provider"] = definition.Kind.Name,
            ["endpoint"] = null,
            ["enabled"] = definition.Stream.Enabled,
            ["tenant_id"] = definition.TenantId,
            ["profile"] = definition.Profile.Name,
            ["filter"] = definition.Stream.Filter,
            ["event_types"] = List(definition.Stream.EventTypes),
            ["except_event_types"] = List(definition.Stream.ExceptEventTypes),
            ["include_children"] = definition.Stream.IncludeChildren,
            ["only_tenants"] = List(definition.Stream.OnlyTenants),
            ["fields"] = List(definition.Stream.Fields),
            ["mask_personal"] = definition.Stream.MaskPersonal,
            ["filtered"] = definition.IsFiltered,
            ["start_from"] = definition.Stream.StartFrom,
            ["max_in_flight"] = definition.Stream.MaxInFlight,
            ["heartbeat_seconds"] = definition.Stream.HeartbeatSeconds,
        };
        definition.ShowSettings(facts, toAdmin);
        return facts;
    }

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
