using Npgsql;
using Sluice.Nodes;
using Sluice.Storage.Postgres;
using Sluice.Testing;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Storage.Postgres;

/// <summary>What nodes hold, and how it changes hands, on a real server.</summary>
[Collection(AloneCollection.Name)]
public sealed class PostgresNodeTests
{
    [Fact]
    public async Task What_one_node_holds_no_other_can_take_until_it_is_given_back()
    {
        await using var nodes = await PostgresNodes.OnAsync(await SharedPostgres.NewDatabaseAsync());
        var (a, b) = (await nodes.StartAsync("a"), await nodes.StartAsync("b"));
        var hold = await UntilTakenAsync(a, "stream/1");

        Assert.NotNull(await UntilTakenAsync(b, "stream/2"));
        Assert.Null(await b.TryTakeAsync("stream/1", default));
        Assert.Null(await a.TryTakeAsync("stream/1", default));

        await hold.ReleaseAsync();
        Assert.NotNull(await b.TryTakeAsync("stream/1", default));
    }

    [Fact]
    public async Task Nodes_see_each_other_by_the_databases_clock_and_a_leaving_one_gives_all_back_at_once()
    {
        await using var nodes = await PostgresNodes.OnAsync(await SharedPostgres.NewDatabaseAsync());
        var (a, b) = (await nodes.StartAsync("a"), await nodes.StartAsync("b"));
        var hold = await UntilTakenAsync(a, "stream/1");
        await UntilTakenAsync(b, "stream/2");
        Assert.Equal(["a", "b"], (await a.AliveAsync(default)).Select(node => node.Name).Order());

        await a.StopAsync(default);

        Assert.NotNull(await b.TryTakeAsync("stream/1", default));
        var alone = Assert.Single(await b.AliveAsync(default));
        Assert.Equal((b.Self.Id, "b", "http://b"), (alone.Id, alone.Name, alone.Url));
        Assert.InRange(alone.LastSeenAt, alone.StartedAt, Sluice.Events.Timestamp.Now(TimeProvider.System) + 1_000_000_000);
        Assert.True(hold.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_killed_nodes_row_counts_no_longer_once_its_session_is_gone_and_a_node_of_the_version_before_counts_while_it_is_seen()
    {
        var database = await SharedPostgres.NewDatabaseAsync();
        await using var nodes = await PostgresNodes.OnAsync(database);
        var a = await nodes.StartAsync("a");
        await UntilTakenAsync(a, "stream/1");

        await ExecuteAsync(database, """
            INSERT INTO sluice.nodes_alive (id, name, url, version) VALUES (gen_random_uuid(), 'before', 'http://before', '0');
            INSERT INTO sluice.nodes_alive (id, name, url, version, backend) VALUES (gen_random_uuid(), 'killed', 'http://killed', '1', 2147483647);
            INSERT INTO sluice.nodes_alive (id, name, url, version, seen_at) VALUES (gen_random_uuid(), 'silent', 'http://silent', '0', clock_timestamp() - interval '6 seconds')
            """);

        Assert.Equal(["a", "before"], (await a.AliveAsync(default)).Select(node => node.Name).Order());
    }

    [Fact]
    public async Task A_node_whose_connection_dies_loses_all_and_comes_back_by_itself()
    {
        var database = await SharedPostgres.NewDatabaseAsync();
        await using var nodes = await PostgresNodes.OnAsync(database);
        var (a, b) = (await nodes.StartAsync("a"), await nodes.StartAsync("b"));
        var hold = await UntilTakenAsync(a, "stream/1");

        await ExecuteAsync(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'sluice a'");

        Assert.NotNull(await UntilTakenAsync(b, "stream/1"));
        await UntilLostAsync(hold);
        await UntilTakenAsync(a, "stream/3");
    }

    [Fact]
    public async Task A_server_that_is_killed_frees_all_and_nodes_go_on_when_it_is_back()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var nodes = await PostgresNodes.OnAsync(await server.NewDatabaseAsync());
        var a = await nodes.StartAsync("a");
        var hold = await UntilTakenAsync(a, "stream/1");

        server.Kill();
        await UntilLostAsync(hold);
        Assert.Null(await a.TryTakeAsync("stream/1", default));
        await Assert.ThrowsAnyAsync<Sluice.Storage.StorageUnavailableException>(() => a.AliveAsync(default).AsTask());
        await server.StartAgainAsync();

        Assert.NotNull(await UntilTakenAsync(a, "stream/1"));
    }

    [Fact]
    public async Task A_node_that_is_cut_off_gives_up_before_another_can_take_what_it_has()
    {
        var database = await SharedPostgres.NewDatabaseAsync();
        await using var proxy = new CutOffProxy(new NpgsqlConnectionStringBuilder(database).Port);
        await using var nodes = await PostgresNodes.OnAsync(database);
        var (a, b) = (await nodes.StartAsync("a", proxy.Port), await nodes.StartAsync("b"));
        var hold = await UntilTakenAsync(a, "stream/1");
        var began = TimeProvider.System.GetTimestamp();

        proxy.Cut();
        while (await b.TryTakeAsync("stream/1", default) is null)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(8), "Nobody got it.");
            await Task.Delay(20);
        }

        Assert.True(hold.Lost.IsCancellationRequested);
        Assert.DoesNotContain(await b.AliveAsync(default), node => node.Id == a.Self.Id);
    }

    [Fact]
    public async Task A_notice_reaches_every_node()
    {
        await using var nodes = await PostgresNodes.OnAsync(await SharedPostgres.NewDatabaseAsync());
        var (a, b) = (await nodes.StartAsync("a"), await nodes.StartAsync("b"));
        var heard = new TaskCompletionSource();
        using var listening = b.Listen(notice => { if (notice == new NodeNotice(a.Self.Id, "siem_1")) heard.TrySetResult(); });

        while (!heard.Task.IsCompleted)
        {
            await a.AskForAsync("siem_1");
            await Task.WhenAny(heard.Task, Task.Delay(50));
        }
    }

    /// <summary>Tries as a node does, with a bound that only a broken one reaches.</summary>
    private static async Task<NodeHold> UntilTakenAsync(PostgresNode node, string key)
    {
        for (var tries = 0; tries < 500; tries++)
        {
            if (await node.TryTakeAsync(key, default) is { } hold) return hold;
            await Task.Delay(20);
        }

        throw new TimeoutException($"{key} could not be taken.");
    }

    private static async Task UntilLostAsync(NodeHold hold)
    {
        var lost = new TaskCompletionSource();
        await using var registration = hold.Lost.Register(lost.SetResult);
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(8));
    }

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
