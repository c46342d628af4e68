using Sluice.Events;
using Sluice.Nodes;
using Sluice.Streams;

namespace Sluice.Server.Endpoints;

internal sealed record NodeListAnswer(IReadOnlyList<NodeAnswer> Nodes);

internal sealed record NodeAnswer(string Name, Guid Id, string Url, string Version, string StartedAt, string LastSeenAt, bool Self, IReadOnlyList<NodeStreamAnswer> Streams)
{
    public static NodeAnswer Of(NodeInfo node, bool isSelf, IEnumerable<StreamPlace> streams) => new(
        node.Name, node.Id, node.Url, node.Version, Timestamp.Text(node.StartedAt), Timestamp.Text(node.LastSeenAt), isSelf, [.. streams.Select(NodeStreamAnswer.Of)]);
}

internal sealed record NodeStreamAnswer(string DestinationId, string Name, string Status)
{
    public static NodeStreamAnswer Of(StreamPlace place) => new(place.Id, place.Name, place.State.Status.ToString().ToLowerInvariant());
}
