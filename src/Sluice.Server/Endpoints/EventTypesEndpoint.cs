using Sluice.Events;

namespace Sluice.Server.Endpoints;

/// <summary><c>GET /v1/audit/event-types</c>: every event type that Sluice knows, those included that it raises itself.</summary>
internal static class EventTypesEndpoint
{
    private static readonly EventTypeListAnswer All = new([.. EventTypeCatalogue.All.Select(type =>
        new EventTypeAnswer(type.Name, type.Category, new EventTypeLabelsAnswer(type.English, type.German), type.Description, type.IsOwn ? "sluice" : null))]);

    public static IResult Handle(HttpContext context)
    {
        _ = new QueryParameters(context.Request);
        return Results.Json(All);
    }

    internal sealed record EventTypeListAnswer(IReadOnlyList<EventTypeAnswer> EventTypes);

    /// <param name="Source">Who raises it: <c>sluice</c>, or null for whoever sends events.</param>
    internal sealed record EventTypeAnswer(string Name, string Category, EventTypeLabelsAnswer Labels, string Description, string? Source);

    internal sealed record EventTypeLabelsAnswer(string En, string De);
}
