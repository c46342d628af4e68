namespace Sluice.Server.Dialects.Zaita;

/// <summary>Zaita's query of audit events: its document tells the filters and the event, and leaves the path to who builds it.</summary>
internal static class ZaitaEndpoints
{
    public static IEndpointRouteBuilder MapZaita(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/zaita/audit-events", ZaitaList.HandleAsync).WithTags("Zaita").WithSummary("Find and follow events, as Zaita does");
        return app;
    }
}
