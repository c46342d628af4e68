using Sluice.Events;
using Sluice.Server.Authentication;
using Sluice.Server.Errors;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary>Keys are made, listed, rotated and revoked by admins: an instance's admin manages all, a tenant's admin those of its own tenant.</summary>
internal static class AccessKeyEndpoints
{
    private static readonly TimeSpan UsualOverlap = TimeSpan.FromHours(24), LongestOverlap = TimeSpan.FromDays(90);

    public static IEndpointRouteBuilder MapAccessKeys(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1/access/keys").WithTags("Access");
        group.MapPost("/", CreateAsync).WithSummary("Make an access key; the answer shows it this once");
        group.MapGet("/", ListAsync).WithSummary("List the access keys");
        group.MapPost("/{id}/rotate", RotateAsync).WithSummary("Make a key that follows another one, which goes on for a while");
        group.MapDelete("/{id}", RevokeAsync).WithSummary("Revoke an access key");
        return app;
    }

    private static async Task<IResult> CreateAsync(HttpContext context, AccessKeys keys, MachineAccounts accounts, TimeProvider time)
    {
        var request = await AccessKeyBody.ReadAsync(
            await JsonMembers.ReadAsync(context), context.Caller(), Timestamp.Now(time), id => accounts.FindAsync(id, context.Caller(), context.RequestAborted));
        try
        {
            return Results.Json(CreatedAccessKeyAnswer.Of(await keys.CreateAsync(request, context.RequestAborted)), statusCode: StatusCodes.Status201Created);
        }
        catch (AccountGoneException)
        {
            throw ApiProblem.NotFound($"machine account {request.AccountId}");
        }
    }

    private static async Task<IResult> ListAsync(HttpContext context, AccessKeys keys, KeyUse use) =>
        Results.Json(new AccessKeyListAnswer([.. (await keys.ListAsync(context.Caller(), context.RequestAborted)).Select(key => AccessKeyAnswer.Of(key, use))], null));

    private static async Task<IResult> RotateAsync(string id, HttpContext context, AccessKeys keys, TimeProvider time)
    {
        var members = await JsonMembers.ReadOptionalAsync(context);
        var (overlap, expiry) = (members.Duration("overlap", UsualOverlap, LongestOverlap), members.Expiry(Timestamp.Now(time)));
        members.RefuseUnknown();
        var rotated = await keys.RotateAsync(id, overlap, expiry, context.Caller()) ?? throw ApiProblem.NotFound($"access key {id} that is still valid");
        return Results.Json(RotatedAccessKeyAnswer.Of(rotated), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> RevokeAsync(string id, HttpContext context, AccessKeys keys) => await keys.RevokeAsync(id, context.Caller()) switch
    {
        RevokeVerdict.Revoked => Results.NoContent(),
        RevokeVerdict.LastAdmin => throw LastAdmin(),
        _ => throw ApiProblem.NotFound($"access key {id}"),
    };

    internal static ApiProblem LastAdmin() => new(409, "last_admin_key",
        "Nobody could administer the instance any more. Make another admin key first, or start the server with SLUICE_ADMIN_KEY.");
}
