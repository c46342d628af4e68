using Sluice.Server.Errors;
using Sluice.Server.Health;

namespace Sluice.Server.Endpoints;

internal static class HealthEndpoints
{
    /// <summary><c>/healthz</c>: the process answers; restart it when it does not. <c>/readyz</c>: it wants traffic.</summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => Results.Json(new HealthAnswer("ok"))).WithTags("Operation").WithSummary("Whether the process is alive");
        app.MapGet("/readyz", ReadyAsync).WithTags("Operation").WithSummary("Whether the server wants traffic");
        return app;
    }

    private static async Task<IResult> ReadyAsync(IEnumerable<IReadiness> parts)
    {
        foreach (var part in parts) await part.RefreshAsync();
        var reasons = parts.Select(part => part.WhyNotReady()).OfType<string>().ToList();
        return reasons.Count == 0 ? Results.Json(new HealthAnswer("ready")) : throw ProblemMapping.Unavailable(string.Join(" ", reasons));
    }
}

internal sealed record HealthAnswer(string Status);
