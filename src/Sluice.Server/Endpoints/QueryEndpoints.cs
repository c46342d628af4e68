using Sluice.Server.Authentication;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary>Everything that reads events.</summary>
internal static class QueryEndpoints
{
    public static IEndpointRouteBuilder MapQueries(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1/audit").WithTags("Query");
        group.MapGet("/events", EventListEndpoint.HandleAsync).WithSummary("Find events, a page at a time");
        group.MapGet("/events/live", LiveEndpoint.HandleAsync).WithSummary("Follow events as they are committed");
        group.MapGet("/events/{id}", EventByIdEndpoint.HandleAsync).WithSummary("Read one event");
        group.MapGet("/export", ExportEndpoint.HandleAsync).WithSummary("Export events as lines, with proofs if asked for");
        group.MapGet("/stats", StatsEndpoint.HandleAsync).WithSummary("Count events by field, by interval, or both");
        group.MapGet("/event-types", EventTypesEndpoint.Handle).WithSummary("List the event types that Sluice knows");
        return app;
    }
}
