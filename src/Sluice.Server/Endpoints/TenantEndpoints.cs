using Sluice.Server.Authentication;
using Sluice.Server.Errors;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary>What is said of tenants: their place, whether they are a test, what they may use. For the instance's admins.</summary>
internal static class TenantEndpoints
{
    public static IEndpointRouteBuilder MapTenants(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1/access/tenants").WithTags("Access");
        group.MapGet("/", ListAsync).WithSummary("List the tenants of which something was said");
        group.MapGet("/{id}", GetAsync).WithSummary("Show what goes for a tenant");
        group.MapPut("/{id}", ChangeAsync).WithSummary("Say something of a tenant: members left out stay, null clears");
        group.MapDelete("/{id}", ForgetAsync).WithSummary("Take back what was said of a tenant; its events, keys and destinations stay");
        return app;
    }

    private static async Task<IResult> ListAsync(HttpContext context, TenantRegistry tenants) =>
        Results.Json(new TenantListAnswer([.. (await tenants.ListAsync(context.RequestAborted)).Select(TenantAnswer.Of)], null));

    private static async Task<IResult> GetAsync(string id, HttpContext context, TenantRegistry tenants) => Results.Json(TenantAnswer.Of(await tenants.OfAsync(Checked(id), context.RequestAborted)));

    private static async Task<IResult> ChangeAsync(string id, HttpContext context, TenantRegistry tenants)
    {
        var change = TenantChange.Read(await JsonMembers.ReadAsync(context));
        try
        {
            return Results.Json(TenantAnswer.Of(await tenants.ChangeAsync(Checked(id), change.Over, context.RequestAborted)));
        }
        catch (TenantException wrong)
        {
            throw new ApiProblem(400, "invalid_value", wrong.Message) { Field = "parent" };
        }
    }

    private static async Task<IResult> ForgetAsync(string id, HttpContext context, TenantRegistry tenants) =>
        await tenants.ForgetAsync(Decoded(id), context.RequestAborted) ? Results.NoContent() : throw ApiProblem.NotFound($"word of tenant {id}");

    private static string Checked(string id) =>
        Decoded(id) is var tenant && AccessKeyRules.IsTenant(tenant) && tenant != TenantNames.Sluice ? tenant : throw new ApiProblem(400, "invalid_value", "A tenant's id has 1 to 128 characters, none of them control characters, and is not _sluice.") { Field = "id" };

    /// <summary>All is decoded but the slash, which ids have that are paths, such as <c>group/project</c>.</summary>
    private static string Decoded(string id) => id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private sealed record TenantAnswer(string Id, string? Name, string? Parent, bool Test, EntitlementsAnswer Entitlements, RateLimitAnswer RateLimit)
    {
        public static TenantAnswer Of(Tenant tenant) => new(
            tenant.Id, tenant.Name, tenant.Parent, tenant.IsTest, new(tenant.Entitlements.Streaming, tenant.Entitlements.Exports),
            new(tenant.RateLimit.RequestsPerMinute, tenant.RateLimit.EventsPerMinute));
    }

    private sealed record EntitlementsAnswer(bool Streaming, bool Exports);

    private sealed record RateLimitAnswer(long? RequestsPerMinute, long? EventsPerMinute);

    private sealed record TenantListAnswer(IReadOnlyList<TenantAnswer> Tenants, string? NextPageToken);
}
