namespace Sluice.Server.Dialects.Truthlocks;

/// <summary>Truthlocks' query of the audit log. Its destinations are Sluice's own call, <c>/v1/audit/siem</c>.</summary>
internal static class TruthlocksEndpoints
{
    public static IEndpointRouteBuilder MapTruthlocks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/audit", TruthlocksList.HandleAsync).WithTags("Truthlocks").WithSummary("List events, the newest first, as Truthlocks does");
        return app;
    }
}
