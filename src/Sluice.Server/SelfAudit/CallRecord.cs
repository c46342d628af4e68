using System.Text.Json.Nodes;
using Sluice.Events;
using Sluice.Profiles;
using Sluice.SelfAudit;
using Sluice.Tenants;

namespace Sluice.Server.SelfAudit;

/// <summary>One call as it is kept. Made when it has ended, of what its context still knows then.</summary>
internal sealed record CallRecord(AuditedCall Call, CallAudit Audit, Caller? Caller, long EndedAt)
{
    private const int ClientClosedRequest = 499;
    private const int LongestAgent = 512, LongestReason = 1_024, LongestId = 256;

    public required string Method { get; init; }

    public required string Url { get; init; }

    public required string RequestId { get; init; }

    public required int Status { get; init; }

    public string? SourceIp { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>What the route's id names.</summary>
    public string? ResourceId { get; init; }

    public long StartedAt => Call.StartedAt;

    public bool IsDenied => Status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden;

    /// <summary>Whose denials are counted together.</summary>
    public string Subject => (Caller?.Viewer is null ? Caller?.Id : Caller.SessionId) ?? SourceIp ?? "";

    private OwnActor Actor => Caller is null ? Call.Stranger ?? OwnActor.Nobody : OwnActor.Of(Caller);

    private OwnResource Holder => Caller switch
    {
        null => new OwnResource("address", SourceIp ?? "unknown"),
        { Viewer: not null } => new OwnResource("session", Caller.SessionId!),
        { User: not null } => new OwnResource("user", Caller.Id, Caller.Name),
        _ => new OwnResource("access_key", Caller.Id, Caller.Name),
    };

    public static CallRecord Of(HttpContext context, AuditedCall call, CallAudit audit, Caller? caller, long ended) => new(call, audit, caller ?? call.Shown, ended)
    {
        Method = Excerpt.Text(context.Request.Method, 32),
        Url = MaskedUrl.Of(context.Request),
        RequestId = context.TraceIdentifier,
        Status = StatusOf(context.Response.StatusCode, call.End, audit),
        SourceIp = AddressText.Of(context.Connection.RemoteIpAddress),
        UserAgent = context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? Excerpt.Text(agent, LongestAgent) : null,
        ResourceId = audit.Resource is not null && context.Request.RouteValues.GetValueOrDefault("id") is string id ? Excerpt.Text(id, LongestId) : null,
    };

    public OwnEvent ToEvent() => new(IsDenied ? OwnActions.Denied : OwnActions.Call, EndedAt)
    {
        Outcome = IsDenied ? OwnEvent.Refused : Status < 400 ? OwnEvent.Success : OwnEvent.Failure,
        Actor = Actor,
        Resource = ResourceId is { Length: > 0 } id ? new OwnResource(Audit.Resource!, id) : new OwnResource("api", Audit.Endpoint),
        TenantId = Caller?.TenantId,
        SourceIp = SourceIp,
        UserAgent = UserAgent,
        SessionId = Caller?.SessionId,
        ApiKeyId = Caller?.ApiKeyId,
        RequestId = RequestId,
        ApiCall = ToApiCall(),
        Metadata = MetadataOf(Caller),
    };

    /// <summary>That this denial is the last of many.</summary>
    public OwnEvent ToBurst(long denials) => new(OwnActions.DenialBurst, EndedAt)
    {
        Outcome = OwnEvent.Refused,
        Actor = Actor,
        Resource = Holder,
        TenantId = Caller?.TenantId,
        SourceIp = SourceIp,
        UserAgent = UserAgent,
        SessionId = Caller?.SessionId,
        ApiKeyId = Caller?.ApiKeyId,
        RequestId = RequestId,
        Metadata = new JsonObject { ["denials"] = denials },
    };

    /// <summary>Of a viewer's call it names the key that stands behind it.</summary>
    private static JsonObject? MetadataOf(Caller? caller) => caller switch
    {
        null => null,
        { Viewer: not null } => new JsonObject { ["role"] = Session.ByViewer, ["key_id"] = caller.Id },
        _ => new JsonObject { ["role"] = RoleNames.Of(caller.Role) },
    };

    private JsonObject ToApiCall() => new()
    {
        ["endpoint"] = Audit.Endpoint,
        ["method"] = Method,
        ["url"] = Url,
        ["grpc_code"] = GrpcStatus.OfHttp(Status),
        ["http_status"] = Status,
        ["error_reason"] = Reason(),
        ["request"] = Call.Request ?? [],
        ["response"] = Call.Response ?? [],
        ["started_at"] = Timestamp.Text(StartedAt),
        ["ended_at"] = Timestamp.Text(EndedAt),
    };

    private string Reason() => Call.End switch
    {
        _ when Status < 400 => "",
        CallEnd.Left => "The caller left before the answer was complete.",
        CallEnd.BrokenOff when Call.Reason is null => "The answer was broken off.",
        _ => Excerpt.Text(Call.Reason ?? "", LongestReason),
    };

    private static int StatusOf(int answered, CallEnd end, CallAudit audit) => end switch
    {
        CallEnd.Left when audit.IsEndless => answered,
        CallEnd.Left => ClientClosedRequest,
        CallEnd.BrokenOff => StatusCodes.Status500InternalServerError,
        _ => answered,
    };
}
