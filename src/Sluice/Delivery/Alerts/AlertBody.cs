using System.Text.Json.Nodes;
using Sluice.Events;
using Sluice.Streams;

namespace Sluice.Delivery.Alerts;

/// <summary>What an alert says. It names no event, so it can go wherever operators read.</summary>
internal static class AlertBody
{
    public static PendingAlert Of(AlertStanding its, AlertFact fact, StreamLag lag, long deadLetters, string instance, long now)
    {
        var id = $"{its.Id}-{fact.Type}-{fact.Key}";
        var body = Body(its, fact, lag, instance, now);
        body.Insert(0, "id", id);
        if (fact.Type == "destination.dead_letters") body["dead_letters"] = deadLetters;
        if (fact.Gap is { } gap) body["gap"] = Gap(gap);
        return new PendingAlert(id, fact.Type, body.ToJsonString(), now);
    }

    private static JsonObject Body(AlertStanding its, AlertFact fact, StreamLag lag, string instance, long now) => new()
    {
        ["type"] = fact.Type,
        ["destination_id"] = its.Id,
        ["name"] = its.Name,
        ["provider"] = its.Provider,
        ["tenant_id"] = its.TenantId,
        ["status"] = its.State.Status.ToString().ToLowerInvariant(),
        ["since"] = Timestamp.Text(its.State.StatusSince),
        ["last_error"] = its.State.LastError is { } error ? new JsonObject { ["class"] = error.Class.Name(), ["message"] = error.Message } : null,
        ["lag"] = new JsonObject { ["events"] = lag.Events, ["seconds"] = lag.Seconds },
        ["at"] = Timestamp.Text(now),
        ["instance"] = instance,
        ["url"] = $"/v1/audit/siem/{its.Id}",
    };

    private static JsonObject Gap(Gap gap) => new() { ["id"] = gap.Id, ["reason"] = gap.Reason, ["first"] = gap.First, ["last"] = gap.Last };
}
