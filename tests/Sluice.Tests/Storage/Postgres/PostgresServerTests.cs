using Npgsql;
using Sluice.Testing;

namespace Sluice.Tests.Storage.Postgres;

/// <summary>The tests' own server does what tests of failures rely on.</summary>
public sealed class PostgresServerTests
{
    [Fact]
    public async Task What_was_committed_is_there_after_a_kill_and_on_a_promoted_replica()
    {
        await using var primary = await PostgresServer.StartAsync();
        await using var replica = await primary.ReplicaAsync("second");
        await primary.ExecuteAsync("ALTER SYSTEM SET synchronous_standby_names = 'second'");
        await primary.ExecuteAsync("SELECT pg_reload_conf()");
        await primary.ExecuteAsync("CREATE TABLE kept (it int)");

        primary.Kill();
        await primary.StartAgainAsync();
        await primary.ExecuteAsync("INSERT INTO kept VALUES (1)");
        primary.Kill();
        await replica.PromoteAsync();

        await using var connection = new NpgsqlConnection(replica.ConnectionString());
        await connection.OpenAsync();
        await using var count = new NpgsqlCommand("SELECT count(*) FROM kept", connection);
        Assert.Equal(1L, await count.ExecuteScalarAsync());
    }
}
