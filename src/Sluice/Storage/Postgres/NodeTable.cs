using Npgsql;
using Sluice.Nodes;

namespace Sluice.Storage.Postgres;

/// <summary>Which nodes were seen lately and still have the session that holds their locks: a killed node's ends with its connection, at once. All times are the database's, so that nodes' clocks do not matter.</summary>
internal static class NodeTable
{
    private const string Nanoseconds = "(extract(epoch FROM {0}) * 1000000)::bigint * 1000";

    private static readonly string Select =
        $"SELECT id, name, url, version, {string.Format(null, Nanoseconds, "started_at")}, {string.Format(null, Nanoseconds, "seen_at")} FROM nodes_alive " +
        "WHERE seen_at > clock_timestamp() - interval '5 seconds' " +
        "AND CASE WHEN backend IS NULL THEN true ELSE EXISTS (SELECT 1 FROM pg_stat_get_activity(backend)) END ORDER BY id";

    public static NpgsqlBatchCommand Seen(NodeInfo self) => new(
        """
        INSERT INTO nodes_alive (id, name, url, version, backend) VALUES ($1, $2, $3, $4, pg_backend_pid())
        ON CONFLICT (id) DO UPDATE SET seen_at = clock_timestamp(), backend = pg_backend_pid()
        """)
    {
        Parameters = { new() { Value = self.Id }, new() { Value = self.Name }, new() { Value = self.Url }, new() { Value = self.Version } },
    };

    public static NpgsqlBatchCommand Purge() => new("DELETE FROM nodes_alive WHERE seen_at < clock_timestamp() - interval '1 hour'");

    public static NpgsqlBatchCommand Gone(NodeInfo self) => new("DELETE FROM nodes_alive WHERE id = $1") { Parameters = { new() { Value = self.Id } } };

    public static async Task<IReadOnlyList<NodeInfo>> AliveAsync(NpgsqlDataSource pool, CancellationToken cancellation)
    {
        await using var command = pool.CreateCommand(Select);
        command.CommandTimeout = 3;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var nodes = new List<NodeInfo>();
        while (await reader.ReadAsync(cancellation))
            nodes.Add(new NodeInfo(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt64(4), reader.GetInt64(5)));
        return nodes;
    }
}
