using Sluice.Nodes;
using Sluice.Server.Authentication;
using Sluice.Streams;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary>Who serves this instance, and which node runs which stream: for those who operate it.</summary>
internal static class NodeEndpoints
{
    public static IEndpointRouteBuilder MapNodes(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/nodes", ListAsync).WithTags("Operation").WithSummary("List the nodes and the streams that each runs");
        return app;
    }

    private static async Task<IResult> ListAsync(INode self, StreamStore streams, CancellationToken cancellation)
    {
        var places = await streams.PlacesAsync(cancellation);
        var alive = await self.AliveAsync(cancellation);
        // A node that answers is alive, whatever the store says.
        var nodes = alive.Any(node => node.Id == self.Self.Id) ? alive : [.. alive, self.Self];
        var running = places.Where(place => place is { IsToRun: true, Node: not null }).ToLookup(place => place.Node!);
        return Results.Json(new NodeListAnswer([.. nodes.OrderBy(node => node.Name, StringComparer.Ordinal).ThenBy(node => node.Id)
            .Select(node => NodeAnswer.Of(node, node.Id == self.Self.Id, running[node.Owner]))]));
    }
}
