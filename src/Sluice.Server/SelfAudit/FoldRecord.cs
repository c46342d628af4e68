using System.Text.Json.Nodes;
using Sluice.Events;
using Sluice.SelfAudit;
using Sluice.Tenants;

namespace Sluice.Server.SelfAudit;

/// <summary>Many calls of a second as one event.</summary>
internal static class FoldRecord
{
    public static OwnEvent OfIngest(Caller caller, CallFold fold)
    {
        var audit = CallAudits.Of("POST /v1/audit/events");
        return new OwnEvent(OwnActions.IngestCalls, fold.EndedAt)
        {
            Actor = OwnActor.Of(caller),
            Resource = new OwnResource("api", audit.Endpoint),
            TenantId = caller.TenantId,
            SourceIp = FirstAddress(fold),
            UserAgent = AgentOf(fold),
            ApiKeyId = caller.ApiKeyId,
            SessionId = caller.SessionId,
            ApiCall = new JsonObject
            {
                ["endpoint"] = audit.Endpoint,
                ["method"] = "POST",
                ["url"] = "/v1/audit/events",
                ["grpc_code"] = "OK",
                ["http_status"] = 200,
                ["error_reason"] = "",
                ["request"] = new JsonObject(),
                ["response"] = new JsonObject(),
                ["started_at"] = Timestamp.Text(fold.StartedAt),
                ["ended_at"] = Timestamp.Text(fold.EndedAt),
            },
            Metadata = WithAddresses(fold, new JsonObject { ["role"] = RoleNames.Of(caller.Role), ["calls"] = fold.Calls, ["events"] = fold.Events, ["rejected"] = fold.Rejected }),
        };
    }

    public static OwnEvent OfAnonymous(CallFold fold) => new(OwnActions.AnonymousCalls, fold.EndedAt)
    {
        Outcome = OwnEvent.Refused,
        Actor = OwnActor.Nobody,
        Resource = new OwnResource("address", FirstAddress(fold) ?? "unknown"),
        SourceIp = FirstAddress(fold),
        UserAgent = AgentOf(fold),
        Metadata = new JsonObject { ["calls"] = fold.Calls, ["started_at"] = Timestamp.Text(fold.StartedAt), ["ended_at"] = Timestamp.Text(fold.EndedAt) },
    };

    private static string? FirstAddress(CallFold fold) => fold.Addresses.Count > 0 ? AddressText.Of(fold.Addresses[0]) : null;

    private static string? AgentOf(CallFold fold) => fold.UserAgent is { } agent ? Excerpt.Text(agent, 512) : null;

    /// <summary>Addresses are personal data, so they stand where those may stand.</summary>
    private static JsonObject WithAddresses(CallFold fold, JsonObject metadata)
    {
        if (fold.Addresses.Count > 1)
            metadata["personal"] = new JsonObject { ["source_ips"] = new JsonArray([.. fold.Addresses.Select(address => JsonValue.Create(AddressText.Of(address)))]) };
        return metadata;
    }
}
