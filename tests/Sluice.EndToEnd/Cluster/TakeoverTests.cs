using System.Text.Json.Nodes;
using Npgsql;
using Sluice.EndToEnd.Running;
using Sluice.Testing;

namespace Sluice.EndToEnd.Cluster;

/// <summary>A stream runs on one node at a time, and never without one for long.</summary>
[Trait(TestRun.Name, TestRun.Kills)]
public sealed class TakeoverTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10), Soon = TimeSpan.FromSeconds(5);

    private PostgresServer _postgres = null!;
    private HoldingReceiver _receiver = null!;
    private int _sent;

    public async ValueTask InitializeAsync() => (_postgres, _receiver) = (await PostgresServer.StartAsync(), await HoldingReceiver.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    [Fact]
    public async Task A_node_that_stood_still_in_the_middle_of_a_send_is_replaced_and_cannot_move_the_cursor_afterwards()
    {
        await using var cluster = await SluiceCluster.StartAsync(await _postgres.NewDatabaseAsync(), 2);
        var destination = await CreateAsync(cluster[0].Client);
        var (owner, other) = await OwnerAsync(cluster, destination);
        await SendAsync(other.Client);
        await UntilCursorAsync(other.Client, destination, 0, Soon);

        _receiver.Hold();
        await SendAsync(other.Client);
        await UntilArrivedAsync(1);
        owner.Hang();
        _receiver.Answer();   // into the buffers of a process that cannot read it
        var took = await UntilCursorAsync(other.Client, destination, 1, Promised);
        output.WriteLine($"Taken over from a node that hangs after {took.TotalSeconds:F1} s.");
        for (var i = 0; i < 5; i++) await SendAsync(other.Client);
        await UntilCursorAsync(other.Client, destination, 6, Soon);
        var attempts = await AttemptsAsync(other.Client, destination);

        owner.Continue();
        await UntilBackAsync(owner.Client);

        Assert.Equal(6, await CursorAsync(owner.Client, destination));
        Assert.Equal(attempts, await AttemptsAsync(owner.Client, destination));
        Assert.Equal([0, 1, 1, 2, 3, 4, 5, 6], _receiver.Arrived);
    }

    [Fact]
    public async Task A_killed_node_is_replaced()
    {
        await using var cluster = await SluiceCluster.StartAsync(await _postgres.NewDatabaseAsync(), 2);
        var destination = await CreateAsync(cluster[0].Client);
        var (owner, other) = await OwnerAsync(cluster, destination);

        owner.Kill();
        await SendAsync(other.Client);

        var took = await UntilCursorAsync(other.Client, destination, 0, Promised);
        output.WriteLine($"Taken over from a killed node after {took.TotalSeconds:F1} s.");
    }

    [Fact]
    public async Task A_node_that_leaves_gives_its_streams_back_at_once()
    {
        await using var cluster = await SluiceCluster.StartAsync(await _postgres.NewDatabaseAsync(), 2);
        var destination = await CreateAsync(cluster[0].Client);
        var (owner, other) = await OwnerAsync(cluster, destination);

        Assert.Equal(0, await owner.StopAsync());
        await SendAsync(other.Client);

        var took = await UntilCursorAsync(other.Client, destination, 0, TimeSpan.FromSeconds(2));
        output.WriteLine($"Taken over from a node that left after {took.TotalSeconds:F1} s.");
    }

    [Fact]
    public async Task A_node_that_cannot_reach_the_database_is_replaced_and_comes_back_by_itself()
    {
        await using var wire = new Wire(_postgres.Port);
        var direct = await _postgres.NewDatabaseAsync();
        var wired = new NpgsqlConnectionStringBuilder(direct) { Port = wire.Port }.ConnectionString;
        await using var cluster = await SluiceCluster.StartAsync(node => node == 0 ? wired : direct, 1);
        var destination = await CreateAsync(cluster[0].Client);
        await Eventually.TrueAsync(Soon, async () => await SluiceCluster.OwnerAsync(cluster[0].Client, destination) is not null, () => "nobody runs the stream");
        await cluster.StartAsync(1);

        wire.Cut();
        await SendAsync(cluster[1].Client);
        var took = await UntilCursorAsync(cluster[1].Client, destination, 0, Promised);
        output.WriteLine($"Taken over from a node without its database after {took.TotalSeconds:F1} s.");
        var refused = await cluster[0].Client.PostEventAsync(Event("refused"));
        Assert.Equal(503, (int)refused.Status);
        Assert.NotNull(refused.RetryAfter);

        wire.Mend();
        await Eventually.TrueAsync(Promised, async () => (await cluster[0].Client.PostEventAsync(Event("again"))).IsSuccess, () => "the node does not accept events again");
        Assert.Equal((await cluster[1].Client.GetAsync("/v1/audit/events/again")).Expect(200).Text, (await cluster[0].Client.GetAsync("/v1/audit/events/again")).Expect(200).Text);
    }

    [Fact]
    public async Task New_nodes_take_their_share_and_leave_it_to_the_others()
    {
        await using var cluster = await SluiceCluster.StartAsync(await _postgres.NewDatabaseAsync(), 1);
        for (var i = 0; i < 9; i++) await CreateAsync(cluster[0].Client);
        await UntilSharedAsync(cluster, 9);

        await cluster.StartAsync(1);
        await cluster.StartAsync(2);
        await UntilSharedAsync(cluster, 3, 3, 3);

        await cluster.StopAsync(1);
        await UntilSharedAsync(cluster, 4, 5);
    }

    [Fact]
    public async Task Whatever_node_is_asked_a_change_takes_effect_on_the_node_that_runs_the_stream()
    {
        await using var cluster = await SluiceCluster.StartAsync(await _postgres.NewDatabaseAsync(), 2);
        var destination = await CreateAsync(cluster[0].Client);
        var (_, other) = await OwnerAsync(cluster, destination);

        (await other.Client.PutAsync($"/v1/audit/siem/{destination}", """{"enabled":false}""")).Expect(200);
        foreach (var node in cluster.Running) Assert.Equal("disabled", (string)(await node.Client.GetAsync($"/v1/audit/siem/{destination}")).Expect(200).Json["status"]!);
        await SendAsync(cluster[0].Client);
        (await cluster[0].Client.PutAsync($"/v1/audit/siem/{destination}", """{"enabled":true}""")).Expect(200);
        await SendAsync(cluster[1].Client);
        await UntilCursorAsync(cluster[1].Client, destination, 1, Soon);
        Assert.Equal([1], _receiver.Arrived);
        (await cluster[1].Client.DeleteAsync($"/v1/audit/siem/{destination}")).Expect(202);
        await Eventually.TrueAsync(Soon, async () => (int)(await cluster[0].Client.GetAsync($"/v1/audit/siem/{destination}")).Status == 410, () => "the destination is not gone");
    }

    private async Task SendAsync(SluiceClient client) => (await client.PostEventAsync(Event($"e{_sent++}"))).Expect(200);

    private static string Event(string id) => $$$"""{"id":"{{{id}}}","action":"user.login","outcome":"success","actor":{"type":"user","id":"ada"}}""";

    private async Task<string> CreateAsync(SluiceClient client)
    {
        var created = await client.PostAsync("/v1/audit/siem", $$"""{"name":"held","provider":"webhook","endpoint":"{{_receiver.Address}}/"}""");
        return (string)created.Expect(201).Json["id"]!;
    }

    /// <returns>The node that runs the stream, and the other one of two.</returns>
    private static async Task<(SluiceProcess Owner, SluiceProcess Other)> OwnerAsync(SluiceCluster cluster, string destination)
    {
        string? owner = null;
        await Eventually.TrueAsync(Soon, async () => (owner = await SluiceCluster.OwnerAsync(cluster[0].Client, destination)) is not null, () => "nobody runs the stream");
        return owner == SluiceCluster.NameOf(0) ? (cluster[0], cluster[1]) : (cluster[1], cluster[0]);
    }

    private Task<TimeSpan> UntilArrivedAsync(long sequence) =>
        Eventually.TrueAsync(Soon, () => _receiver.Arrived.Contains(sequence), () => $"event {sequence} did not arrive");

    private static Task<TimeSpan> UntilCursorAsync(SluiceClient client, string destination, long cursor, TimeSpan limit) =>
        Eventually.TrueAsync(limit, async () => await CursorAsync(client, destination) == cursor, () => $"the cursor of {destination} does not reach {cursor}");

    private static async Task<long?> CursorAsync(SluiceClient client, string destination) =>
        (long?)(await client.GetAsync($"/v1/audit/siem/{destination}")).Expect(200).Json["cursor"];

    private static async Task<string> AttemptsAsync(SluiceClient client, string destination) =>
        (await client.GetAsync($"/v1/audit/siem/{destination}/attempts")).Expect(200).Json["attempts"]!.AsArray().ToJsonString();

    /// <summary>The node that stood still is a node again: it noticed what happened meanwhile.</summary>
    private static Task<TimeSpan> UntilBackAsync(SluiceClient client) => Eventually.TrueAsync(
        Promised,
        async () => (await client.GetAsync("/v1/nodes")) is { IsSuccess: true } answer && answer.Json["nodes"]!.AsArray().Any(IsItselfAndAlive),
        () => "it does not come back");

    private static bool IsItselfAndAlive(JsonNode? node) => (bool)node!["self"]!;

    private static async Task UntilSharedAsync(SluiceCluster cluster, params int[] shares)
    {
        IReadOnlyDictionary<string, int> now = new Dictionary<string, int>();
        await Eventually.TrueAsync(
            Promised,
            async () => (now = await SluiceCluster.SharesAsync(cluster.Running.First().Client)).Values.Order().SequenceEqual(shares),
            () => $"the streams are shared as {string.Join(", ", now)}");
    }
}
