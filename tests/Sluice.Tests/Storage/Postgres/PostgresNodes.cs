using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Sluice.Nodes;
using Sluice.Storage.Postgres;
using Sluice.Telemetry;

namespace Sluice.Tests.Storage.Postgres;

/// <summary>Nodes of one test on one database.</summary>
internal sealed class PostgresNodes(string database) : IAsyncDisposable
{
    private readonly List<(PostgresNode Node, PostgresSource Source, NodeMetrics Metrics)> _nodes = [];

    public static async Task<PostgresNodes> OnAsync(string database)
    {
        await using var source = PostgresSource.Open(database, "test");
        await PostgresSchema.ApplyAsync(source, [SchemaPart.Configuration, SchemaPart.Nodes]);
        return new PostgresNodes(database);
    }

    /// <param name="through">The port of a proxy, if it is not to reach the server directly.</param>
    public async Task<PostgresNode> StartAsync(string name, int? through = null)
    {
        var its = new NpgsqlConnectionStringBuilder(database);
        var source = PostgresSource.Open(through is null ? database : database.Replace($"Port={its.Port}", $"Port={through}", StringComparison.Ordinal), name);
        var metrics = new NodeMetrics();
        var node = new PostgresNode(source, new NodeInfo(Guid.NewGuid(), name, $"http://{name}", "1", 0, 0), TimeProvider.System, metrics, NullLogger<PostgresNode>.Instance);
        _nodes.Add((node, source, metrics));
        await node.StartAsync(default);
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (node, source, metrics) in _nodes)
        {
            await node.StopAsync(default);
            node.Dispose();
            await source.DisposeAsync();
            metrics.Dispose();
        }
    }
}
