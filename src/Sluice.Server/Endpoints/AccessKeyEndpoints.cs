using Sluice.Events;
using Sluice.Server.Authentication;
using Sluice.Server.Errors;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary>Keys are made, listed and revoked by admins: an instance's admin manages all, a tenant's admin those of its own tenant.</summary>
internal static class AccessKeyEndpoints
{
    public static IEndpointRouteBuilder MapAccessKeys(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1/access/keys").RequireRole(Role.Admin).WithTags("Access");
        group.MapPost("/", CreateAsync).WithSummary("Make an access key; the answer shows it this once");
        group.MapGet("/", ListAsync).WithSummary("List the access keys");
        group.MapDelete("/{id}", RevokeAsync).WithSummary("Revoke an access key");
        return app;
    }

    private static async Task<IResult> CreateAsync(HttpContext context, AccessKeys keys, TimeProvider time)
    {
        var request = AccessKeyBody.Read(await JsonMembers.ReadAsync(context), context.Caller(), Timestamp.Now(time));
        var created = await keys.CreateAsync(request, context.RequestAborted);
        return Results.Json(CreatedAccessKeyAnswer.Of(created), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(HttpContext context, AccessKeys keys) =>
        Results.Json(new AccessKeyListAnswer([.. (await keys.ListAsync(context.Caller(), context.RequestAborted)).Select(AccessKeyAnswer.Of)], null));

    private static async Task<IResult> RevokeAsync(string id, HttpContext context, AccessKeys keys) => await keys.RevokeAsync(id, context.Caller()) switch
    {
        RevokeVerdict.Revoked => Results.NoContent(),
        RevokeVerdict.LastAdmin => throw new ApiProblem(409, "last_admin_key",
            "This is the last key that can administer the instance. Make another admin key first, or start the server with SLUICE_ADMIN_KEY."),
        _ => throw ApiProblem.NotFound($"access key {id}"),
    };
}
