namespace Sluice.Server.Dialects.Zitadel;

/// <summary>ZITADEL's Events API: what its guide describes, for collectors that were written against it.</summary>
internal static class ZitadelEndpoints
{
    public const string Path = "/admin/v1";

    public static IEndpointRouteBuilder MapZitadel(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup(Path).WithTags("ZITADEL");
        group.MapPost("/events/_search", ZitadelSearch.HandleAsync).WithSummary("Find events, as ZITADEL does");
        group.MapPost("/events/types/_search", ZitadelTypeLists.OfEventsAsync).WithSummary("List the types of events");
        group.MapPost("/aggregates/types/_search", ZitadelTypeLists.OfAggregatesAsync).WithSummary("List the types of what events are about");
        return app;
    }
}
