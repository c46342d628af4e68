using Microsoft.OpenApi;

namespace Sluice.Server.OpenApi;

/// <summary>Who serves the instance.</summary>
internal static class NodeCalls
{
    public static IEnumerable<(string Route, CallDescription Call)> All() =>
    [
        ("GET /v1/nodes", new CallDescription("listNodes", "Nodes that were seen in the last five seconds. An instance on a data folder has one.")
        {
            Answer = CallDescription.Json("The nodes.", Schema.Ref("Nodes")),
            Refusals = [(503, "`unavailable`: the store cannot be asked now")],
        }),
    ];

    public static void AddTo(IDictionary<string, IOpenApiSchema> schemas)
    {
        schemas["Nodes"] = Schema.Object("", ("nodes", Schema.List("By name.", Schema.Ref("Node")))).Requires("nodes");
        schemas["Node"] = Schema.Object(
            "A process that serves this instance.",
            ("name", Schema.Text("Setting `Node:Name`.", "audit-1")),
            ("id", Schema.Text("New with every start.")),
            ("url", Schema.Text("Where it listens.")),
            ("version", Schema.Text("")),
            ("started_at", Schema.Time("")),
            ("last_seen_at", Schema.Time("By the database's clock.")),
            ("self", Schema.Flag("The one that answers.")),
            ("streams", Schema.List("The streams that it runs.", Schema.Ref("NodeStream")))).Requires("name", "id", "url", "version", "started_at", "last_seen_at", "self", "streams");
        schemas["NodeStream"] = Schema.Object(
            "",
            ("destination_id", Schema.Text("")),
            ("name", Schema.Text("The destination's.")),
            ("status", Schema.OneOf("", "active", "degraded", "deleting"))).Requires("destination_id", "name", "status");
    }
}
