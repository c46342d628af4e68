using System.Text.Json.Nodes;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Events;
using Sluice.Streams;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary>A destination as the API shows it, without any credential.</summary>
internal static class DestinationAnswer
{
    public static JsonObject Of(DestinationView view, Caller caller)
    {
        var (definition, state) = (view.Definition, view.State);
        var answer = OfDefinition(definition, caller.Role == Role.Admin);
        answer["status"] = state.Status.ToString().ToLowerInvariant();
        answer["status_since"] = Timestamp.Text(state.StatusSince);
        answer["last_error"] = state.LastError is { } error ? ErrorOf(error) : null;
        answer["cursor"] = view.Cursor;
        answer["lag"] = LagOf(view.Lag);
        answer["dead_letters"] = view.DeadLetters;
        answer["gaps"] = view.Gaps;
        answer["totals"] = TotalsOf(view.Totals);
        answer["credentials_set"] = List(definition.CredentialsSet);
        answer["created_at"] = Timestamp.Text(definition.Row.CreatedAt);
        answer["updated_at"] = Timestamp.Text(definition.Row.UpdatedAt);
        if (definition.Warning is { } warning) answer["warning"] = warning;
        return answer;
    }

    /// <summary>As much of it as its user set, defaults filled in.</summary>
    public static JsonObject OfDefinition(DestinationDefinition definition, bool toAdmin)
    {
        var answer = new JsonObject
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
        definition.ShowSettings(answer, toAdmin);
        return answer;
    }

    public static JsonObject ErrorOf(LastError error) =>
        new() { ["class"] = error.Class.Name(), ["message"] = error.Message, ["at"] = Timestamp.Text(error.At) };

    private static JsonObject LagOf(StreamLag lag) =>
        new() { ["events"] = lag.Events, ["seconds"] = lag.Seconds, ["oldest_pending_at"] = lag.OldestPendingAt is { } at ? Timestamp.Text(at) : null };

    private static JsonObject TotalsOf(StreamTotals totals) =>
        new() { ["delivered"] = totals.Delivered, ["refused"] = totals.Refused, ["retries"] = totals.Retries, ["bytes"] = totals.Bytes };

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
