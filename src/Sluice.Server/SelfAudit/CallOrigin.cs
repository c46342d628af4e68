using Sluice.SelfAudit;
using Sluice.Tenants;

namespace Sluice.Server.SelfAudit;

/// <summary>Who a change is made for, when a call makes it.</summary>
internal static class CallOrigin
{
    private const int LongestAgent = 512;

    public static ChangeOrigin Of(HttpContext context, Caller caller) => new(OwnActor.Of(caller))
    {
        ApiKeyId = caller.ApiKeyId,
        SessionId = caller.SessionId,
        SourceIp = AddressText.Of(context.Connection.RemoteIpAddress),
        UserAgent = context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? Excerpt.Text(agent, LongestAgent) : null,
        RequestId = context.TraceIdentifier,
    };
}
