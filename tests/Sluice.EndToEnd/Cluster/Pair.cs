using Sluice.Testing;

namespace Sluice.EndToEnd.Cluster;

/// <summary>A PostgreSQL primary whose commits wait for a standby, and what an operator does when the primary dies.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private const string Database = "sluice";

    private PostgresServer _primary;
    private PostgresServer _standby;

    private Pair(PostgresServer primary, PostgresServer standby) => (_primary, _standby) = (primary, standby);

    /// <summary>The places of both servers, in no order: the primary is found by asking.</summary>
    public string Hosts => $"Host=127.0.0.1:{_primary.Port},127.0.0.1:{_standby.Port};Username=postgres;Database={Database}";

    public static async Task<Pair> StartAsync()
    {
        var primary = await PostgresServer.StartAsync(isDurable: true);
        await primary.ExecuteAsync($"CREATE DATABASE {Database}");
        var pair = new Pair(primary, await primary.ReplicaAsync("standby"));
        await pair.SynchroniseAsync();
        return pair;
    }

    /// <summary>kill -9 of the primary, then the standby takes its place; without a standby of its own it need not wait for one.</summary>
    public async Task FailOverAsync()
    {
        _primary.Kill();
        await _standby.PromoteAsync();
        await SetStandbyAsync(_standby, "");
        (_primary, _standby) = (_standby, _primary);
    }

    /// <summary>A new standby on the dead server's port, copied from the primary; from then on commits wait for it.</summary>
    public async Task RepairAsync()
    {
        var port = _standby.Port;
        await _standby.DisposeAsync();
        _standby = await _primary.ReplicaAsync("standby", port);
        await SynchroniseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _standby.DisposeAsync();
        await _primary.DisposeAsync();
    }

    private Task SynchroniseAsync() => SetStandbyAsync(_primary, "standby");

    private static async Task SetStandbyAsync(PostgresServer server, string name)
    {
        await server.ExecuteAsync($"ALTER SYSTEM SET synchronous_standby_names = '{name}'");
        await server.ExecuteAsync("SELECT pg_reload_conf()");
    }
}
