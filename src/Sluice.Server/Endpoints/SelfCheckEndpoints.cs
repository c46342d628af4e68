using Sluice.SelfChecks;
using Sluice.Server.Authentication;

namespace Sluice.Server.Endpoints;

/// <summary><c>/v1/audit/log/self-check</c>: whether the ledgers are what was signed, as the server itself finds from time to time.</summary>
internal static class SelfCheckEndpoints
{
    public static IEndpointRouteBuilder MapSelfChecks(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1/audit/log/self-check").WithTags("Integrity");
        group.MapGet("/", async (HttpContext context, SelfChecker checker) => Answer(context, checker, await checker.ReadAsync(context.RequestAborted)))
            .WithSummary("What the last self-check found, and how far the running one is");
        group.MapPost("/", async (HttpContext context, SelfChecker checker) => Results.Json(Answer(context, checker, await checker.BeginAsync(context.RequestAborted)), statusCode: StatusCodes.Status202Accepted))
            .Produces<SelfCheckAnswer>(StatusCodes.Status202Accepted).WithSummary("Check all ledgers now");
        return app;
    }

    private static SelfCheckAnswer Answer(HttpContext context, SelfChecker checker, SelfCheckState state)
    {
        var caller = context.Caller();
        return SelfCheckAnswer.Of(state, checker.NextAt(state), caller.IsInstance && caller.May(Tenants.Permission.ViewOperation));
    }
}
