using Sluice.Delivery;
using Sluice.Delivery.Replays;
using Sluice.Streams;
using Sluice.Testing;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery.Replays;

/// <summary>Several nodes' replays on one PostgreSQL.</summary>
public sealed class ReplaysOnNodesTests : IAsyncLifetime
{
    private readonly ScriptedLedger _ledger = new(TimeProvider.System);
    private readonly ScriptedDestination _down = new() { Answer = _ => ScriptedDestination.Outage };
    private readonly ScriptedDestination _up = new();
    private readonly List<DeliveryNode> _nodes = [];
    private string _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await SharedPostgres.NewDatabaseAsync();
        await DeliveryNode.PrepareAsync(_database);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
    }

    [Fact]
    public async Task The_replay_of_a_node_that_died_goes_on_at_its_cursor_on_another_one()
    {
        var a = await StartAsync("a", _down, new ManualTimeProvider());
        var (id, replay) = await ReplayOfAsync(a, 40);
        _down.Answer = ids => ids.Contains("evt_20") ? ScriptedDestination.Outage : ScriptedDestination.Delivered;
        await UntilAsync(a, replay, one => one.Standing.Cursor == 19);
        var b = await StartAsync("b", _up);

        await DeliveryNode.KillSessionAsync(_database, "a");

        await UntilAsync(b, replay, one => one.Standing.Status == ReplayStatus.Completed);
        Assert.Equal(Enumerable.Range(20, 20).Select(sequence => $"evt_{sequence}"), _up.Taken);
        Assert.Equal(40, (await b.ReplayStore.FindAsync(id, replay.Order.Id))!.Standing.Sent);
    }

    [Fact]
    public async Task Any_node_stops_what_another_one_runs()
    {
        var a = await StartAsync("a", _down);
        var (id, replay) = await ReplayOfAsync(a, 10);
        await Eventually.TrueAsync(() => a.RunningReplays.Count == 1);
        var b = await StartAsync("b", _up);

        var stopped = (await b.Replays.StopAsync(id, replay.Order.Id, StreamHarness.Admin, default))!;
        await Eventually.TrueAsync(() => a.RunningReplays.Count == 0);

        Assert.Equal(ReplayStatus.Stopped, stopped.Standing.Status);
        Assert.Equal(stopped.Standing, (await a.ReplayStore.FindAsync(id, replay.Order.Id))!.Standing);
        Assert.Empty(b.RunningReplays);
        Assert.Empty(_up.Taken);
    }

    [Fact]
    public async Task A_node_that_leaves_gives_its_replays_back()
    {
        var a = await StartAsync("a", _down);
        var (_, replay) = await ReplayOfAsync(a, 10);
        await Eventually.TrueAsync(() => a.RunningReplays.Count == 1);
        var b = await StartAsync("b", _up);

        await a.StopAsync();

        await UntilAsync(b, replay, one => one.Standing.Status == ReplayStatus.Completed);
        Assert.Equal(10, _up.Taken.Count);
    }

    /// <summary>A disabled destination, so that nothing but the replay is sent.</summary>
    private async Task<(string Id, StoredReplay Replay)> ReplayOfAsync(DeliveryNode node, int events)
    {
        _ledger.AppendMany(events);
        var id = await node.CreateAsync("""{"provider":"scripted","enabled":false}""");
        var request = new ReplayRequest(new ReplayBound(0, null), null, null, null);
        return (id, (await node.Replays.StartAsync(id, request, StreamHarness.Admin, default))!);
    }

    private async Task<DeliveryNode> StartAsync(string name, IDestination destination, TimeProvider? clockOfItsSession = null)
    {
        var node = await DeliveryNode.StartAsync(_database, name, _ledger, destination, clockOfItsSession);
        _nodes.Add(node);
        return node;
    }

    private static Task UntilAsync(DeliveryNode node, StoredReplay replay, Func<StoredReplay, bool> condition) =>
        Eventually.TrueAsync(async () => condition((await node.ReplayStore.FindAsync(replay.Order.DestinationId, replay.Order.Id))!));
}
