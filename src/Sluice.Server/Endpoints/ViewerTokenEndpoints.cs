using Sluice.Events;
using Sluice.Query.Filters;
using Sluice.Server.Authentication;
using Sluice.Server.Errors;
using Sluice.Server.SelfAudit;
using Sluice.Server.WebConsole;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary>Tokens by which another product shows its customers their own events in the viewer.</summary>
internal static class ViewerTokenEndpoints
{
    private const long Shortest = 60, Longest = 86_400, Standard = 900;
    private const int LongestUser = 256;

    public static IEndpointRouteBuilder MapViewerTokens(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1/viewer-tokens").WithTags("Viewer");
        group.MapPost("/", CreateAsync).WithSummary("Let somebody see one tenant's events for a while");
        group.MapDelete("/{id}", RevokeAsync).WithSummary("Revoke a viewer token");
        return app;
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ViewerTokens tokens)
    {
        var (members, caller) = (await JsonMembers.ReadAsync(context), context.Caller());
        var (tenant, grant) = (TenantOf(members, caller), new ViewerGrant(UserOf(members), FilterOf(members)));
        var lifetime = TimeSpan.FromSeconds(members.WholeOrNull("expires_in_seconds", Shortest, Longest) ?? Standard);
        members.RefuseUnknown();
        if (caller.SessionId is not null) throw KeyProblems.Forbidden("A viewer token is made with an access key, and ends with it. A sign-in to the console makes none.");
        var made = await tokens.CreateAsync(RequestKey.Of(context.Request)!, caller, tenant, grant, lifetime, CallOrigin.Of(context, caller), context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(ViewerTokenAnswer.Of(made), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> RevokeAsync(string id, HttpContext context, ViewerTokens tokens)
    {
        var caller = context.Caller();
        return await tokens.RevokeAsync(id, caller, CallOrigin.Of(context, caller), CancellationToken.None) ? Results.NoContent() : throw ApiProblem.NotFound("viewer token with this id that this key may revoke");
    }

    private static string TenantOf(JsonMembers members, Caller caller)
    {
        const string name = "tenant_id";
        var tenant = members.Text(name) ?? caller.TenantId ?? throw JsonMembers.Wrong("missing_field", name, "is missing: an instance key says whose events the token shows");
        if (!AccessKeyRules.IsTenant(tenant)) throw JsonMembers.Wrong("invalid_string", name, "must have 1 to 128 characters, none of them control characters");
        if (tenant == TenantNames.Sluice) throw JsonMembers.Wrong("invalid_value", name, $"must be a tenant's: what {TenantNames.Sluice} records is not shown to others");
        return Sessions.MayShow(caller, tenant) ? tenant : throw new ApiProblem(403, "forbidden_tenant", "This key shows the events of its own tenant only.") { Field = name };
    }

    private static string? FilterOf(JsonMembers members)
    {
        if (members.Text("filter") is not { Length: > 0 } text) return null;
        return QueryScope.Parse(text, FilterNames.Sluice).Text;
    }

    private static string? UserOf(JsonMembers members)
    {
        if (members.Text("user") is not { } user) return null;
        return user.Length is > 0 and <= LongestUser && !user.Any(char.IsControl) ? user : throw JsonMembers.Wrong("invalid_string", "user", $"must have 1 to {LongestUser} characters, none of them control characters");
    }
}

/// <param name="Url">The viewer with this token, relative to where browsers reach Sluice.</param>
internal sealed record ViewerTokenAnswer(string Id, string Token, string TenantId, string? User, string? Filter, string ExpiresAt, string Url)
{
    public static ViewerTokenAnswer Of(StartedSession made) => new(
        made.Session.Id, made.Text, made.Caller.TenantId!, made.Caller.Viewer!.User, made.Caller.Viewer.Filter, Timestamp.Text(made.Session.ExpiresAt), $"{ViewerPage.Path}#token={made.Text}");
}
