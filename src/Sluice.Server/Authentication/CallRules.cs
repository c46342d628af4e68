using Sluice.Server.SelfAudit;
using Sluice.Tenants;

namespace Sluice.Server.Authentication;

/// <summary>
/// Which key each call needs: the whole of it, in one place. A call without a row stops the server at its start, and a row without a call fails a test.
/// </summary>
internal static class CallRules
{
    private static readonly CallRule Open = new(null, IsOpen: true);
    private static readonly CallRule KeyOptional = new(null, IsOpen: true, TakesKey: true);
    private static readonly CallRule Read = new(Permission.ReadEvents);
    private static readonly CallRule View = Read with { ForViewers = true };
    private static readonly CallRule SeeDestinations = new(Permission.ViewDestinations);
    private static readonly CallRule RunDestinations = new(Permission.ManageDestinations);
    private static readonly CallRule SeeAccess = new(Permission.ViewAccess);
    private static readonly CallRule GiveAccess = new(Permission.ManageAccess);

    /// <summary>By method and route.</summary>
    public static IReadOnlyDictionary<string, CallRule> Rows { get; } = new Dictionary<string, CallRule>(StringComparer.Ordinal)
    {
        ["POST /v1/audit/events"] = new(Permission.SendEvents),

        ["GET /v1/audit/events"] = View,
        ["GET /v1/audit/events/live"] = Read,
        ["GET /v1/audit/events/{id}"] = View,
        ["GET /v1/audit/events/{id}/proof"] = View,
        ["GET /v1/audit/stats"] = View,
        ["GET /v1/audit/event-types"] = new(null, ForViewers: true),
        ["GET /v1/audit/export"] = new(Permission.ExportEvents),
        ["GET /_sluice/v1/audit/events/{id}/proof"] = Read,

        ["GET /v1/audit"] = Read,
        ["GET /api/preview/system/audit"] = Read,
        ["GET /api/preview/system/audit/export"] = new(Permission.ExportEvents),
        ["POST /admin/v1/events/_search"] = Read,
        ["POST /admin/v1/events/types/_search"] = Read,
        ["POST /admin/v1/aggregates/types/_search"] = Read,
        ["GET /v1/zaita/audit-events"] = Read,

        ["GET /v1/audit/checkpoints"] = View,
        ["GET /v1/audit/consistency"] = Read,
        ["GET /v1/audit/log"] = Open,
        ["GET /v1/audit/log/self-check"] = new(null),
        ["POST /v1/audit/log/self-check"] = new(Permission.StartSelfChecks, InstanceOnly: true),
        ["GET /checkpoint"] = Open,
        ["GET /tile/{**address}"] = Open,
        ["GET /_sluice/v1/audit/checkpoints"] = Read,
        ["GET /_sluice/v1/audit/consistency"] = Read,
        ["GET /_sluice/v1/audit/log"] = Open,
        ["GET /_sluice/checkpoint"] = Open,
        ["GET /_sluice/tile/{**address}"] = Open,

        ["POST /v1/audit/siem"] = RunDestinations,
        ["GET /v1/audit/siem"] = SeeDestinations,
        ["POST /v1/audit/siem/dry-run"] = RunDestinations,
        ["POST /v1/audit/siem/test"] = RunDestinations,
        ["GET /v1/audit/siem/{id}"] = SeeDestinations,
        ["PUT /v1/audit/siem/{id}"] = RunDestinations,
        ["DELETE /v1/audit/siem/{id}"] = RunDestinations,
        ["PUT /v1/audit/siem/{id}/headers/{name}"] = RunDestinations,
        ["DELETE /v1/audit/siem/{id}/headers/{name}"] = RunDestinations,
        ["POST /v1/audit/siem/{id}/test"] = RunDestinations,
        ["POST /v1/audit/siem/{id}/resume"] = RunDestinations,
        ["GET /v1/audit/siem/{id}/lag"] = SeeDestinations,
        ["GET /v1/audit/siem/{id}/attempts"] = SeeDestinations,
        ["GET /v1/audit/siem/{id}/dead-letters"] = SeeDestinations,
        ["GET /v1/audit/siem/{id}/dead-letters/{sequence:long}"] = SeeDestinations,
        ["DELETE /v1/audit/siem/{id}/dead-letters/{sequence:long}"] = RunDestinations,
        ["POST /v1/audit/siem/{id}/dead-letters/replay"] = RunDestinations,
        ["GET /v1/audit/siem/{id}/gaps"] = SeeDestinations,
        ["POST /v1/audit/siem/{id}/gaps/{gap}/refill"] = RunDestinations,
        ["POST /v1/audit/siem/{id}/replays"] = RunDestinations,
        ["GET /v1/audit/siem/{id}/replays"] = SeeDestinations,
        ["GET /v1/audit/siem/{id}/replays/{replay}"] = SeeDestinations,
        ["DELETE /v1/audit/siem/{id}/replays/{replay}"] = RunDestinations,

        ["GET /v1/audit/retention"] = new(Permission.ViewOperation, InstanceOnly: true),
        ["PUT /v1/audit/retention"] = new(Permission.ManageRetention, InstanceOnly: true),
        ["GET /v1/nodes"] = new(Permission.ViewOperation, InstanceOnly: true),
        ["GET /metrics"] = new(null, InstanceOnly: true),

        ["POST /v1/access/keys"] = GiveAccess,
        ["GET /v1/access/keys"] = SeeAccess,
        ["POST /v1/access/keys/{id}/rotate"] = GiveAccess,
        ["DELETE /v1/access/keys/{id}"] = GiveAccess,
        ["POST /v1/access/accounts"] = GiveAccess,
        ["GET /v1/access/accounts"] = SeeAccess,
        ["GET /v1/access/accounts/{id}"] = SeeAccess,
        ["PUT /v1/access/accounts/{id}"] = GiveAccess,
        ["DELETE /v1/access/accounts/{id}"] = GiveAccess,
        ["GET /v1/access/tenants"] = new(Permission.ViewAccess, InstanceOnly: true),
        ["GET /v1/access/tenants/{id}"] = new(Permission.ViewAccess, InstanceOnly: true),
        ["PUT /v1/access/tenants/{id}"] = new(Permission.ManageAccess, InstanceOnly: true),
        ["DELETE /v1/access/tenants/{id}"] = new(Permission.ManageAccess, InstanceOnly: true),

        ["GET /api/preview/system/audit"] = Read,
        ["GET /api/preview/system/audit/export"] = new(Permission.ExportEvents),
        ["GET /v1/audit"] = Read,

        // Its schema is open; what is behind it needs an admin's key, and says so itself.
        ["POST /api/graphql"] = KeyOptional,
        ["GET /api/graphql"] = KeyOptional,

        ["POST /v1/viewer-tokens"] = Read,
        ["DELETE /v1/viewer-tokens/{id}"] = Read,

        ["GET /v1/sign-in"] = Open,
        ["POST /v1/session"] = Open,
        ["GET /v1/session"] = new(null, ForViewers: true),
        ["DELETE /v1/session"] = new(null),
        ["GET /sign-in/oidc"] = Open,
        ["GET /sign-in/oidc/callback"] = Open,

        // The console's pages and files; what they show they ask of the calls above.
        ["GET /"] = Open,
        ["GET /sign-in"] = Open,
        ["GET /events"] = Open,
        ["GET /events/{id}"] = Open,
        ["GET /destinations"] = Open,
        ["GET /destinations/{id}"] = Open,
        ["GET /destinations/{id}/edit"] = Open,
        ["GET /settings/audit/siem"] = Open,
        ["GET /admin/monitoring/audit-events/streams"] = Open,
        ["GET /admin/integrations/siem-export"] = Open,
        ["GET /integrity"] = Open,
        ["GET /access"] = Open,
        ["GET /nodes"] = Open,
        ["GET /settings"] = Open,
        ["GET /catalogue"] = Open,
        ["GET /assets/{file}"] = Open,
        ["GET /favicon.svg"] = Open,
        ["GET /theme.js"] = Open,

        // What other sites show of it to those who have a viewer token.
        ["GET /viewer"] = Open,
        ["GET /viewer.js"] = Open,

        ["GET /healthz"] = Open,
        ["GET /readyz"] = Open,
        ["GET /openapi/{documentName}.json"] = Open,
        ["GET /llms.txt"] = Open,
        ["GET /docs/{**page}"] = Open,
    };

    /// <summary>Gives every call that is mapped through the answer its rule.</summary>
    public static RouteGroupBuilder WithRules(this IEndpointRouteBuilder app)
    {
        var calls = app.MapGroup("");
        ((IEndpointConventionBuilder)calls).Add(AddAudit);
        ((IEndpointConventionBuilder)calls).Finally(endpoint => endpoint.Metadata.Add(Of((RouteEndpointBuilder)endpoint)));
        return calls;
    }

    /// <summary>Routes are made when they are first asked for: so that a missing row shows at the start.</summary>
    public static void CheckRules(this IEndpointRouteBuilder app)
    {
        foreach (var source in app.DataSources) _ = source.Endpoints;
    }

    /// <summary>How the call is written down, and what is taken of its answer for that.</summary>
    private static void AddAudit(EndpointBuilder endpoint)
    {
        var audit = CallAudits.Of(RouteOf((RouteEndpointBuilder)endpoint));
        endpoint.Metadata.Add(audit);
        AnswerExcerpt.AddTo(endpoint, audit);
    }

    private static string RouteOf(RouteEndpointBuilder endpoint)
    {
        var method = endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods.Single(method => !HttpMethods.IsHead(method));
        return $"{method} /{endpoint.RoutePattern.RawText?.Trim('/')}";
    }

    private static CallRule Of(RouteEndpointBuilder endpoint)
    {
        var route = RouteOf(endpoint);
        return Rows.TryGetValue(route, out var rule) ? rule : throw new InvalidOperationException($"{route} is new: say in {nameof(CallRules)} which key it needs.");
    }
}
