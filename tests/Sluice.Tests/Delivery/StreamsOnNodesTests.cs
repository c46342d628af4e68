using System.Text.Json.Nodes;
using Sluice.Delivery;
using Sluice.Streams;
using Sluice.Testing;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

/// <summary>Several nodes' streams on one PostgreSQL.</summary>
public sealed class StreamsOnNodesTests : IAsyncLifetime
{
    private readonly ScriptedLedger _ledger = new(TimeProvider.System);
    private readonly ScriptedDestination _destination = new();
    private readonly BlockingDestination _blocking = new();
    private readonly List<DeliveryNode> _nodes = [];
    private string _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await SharedPostgres.NewDatabaseAsync();
        await DeliveryNode.PrepareAsync(_database);
    }

    public async ValueTask DisposeAsync()
    {
        _blocking.Answer();
        foreach (var node in _nodes) await node.DisposeAsync();
    }

    [Fact]
    public async Task An_owner_that_was_replaced_in_the_middle_of_a_send_changes_neither_cursor_nor_attempts()
    {
        var a = await StartAsync("a", _blocking, new ManualTimeProvider());
        var id = await a.CreateAsync();
        _ledger.AppendMany(3);
        await _blocking.Asked;
        var b = await StartAsync("b");

        await DeliveryNode.KillSessionAsync(_database, "a");
        await Eventually.TrueAsync(() => _destination.Taken.Count == 3);
        await UntilStoredAsync(b, id, stored => stored.Cursor == 2);
        _ledger.AppendMany(3);
        await UntilStoredAsync(b, id, stored => stored.Cursor == 5);
        var before = (await b.Store.FindAsync(id))!;
        _blocking.Answer();
        await Eventually.TrueAsync(() => a.Running.Count == 0);

        Assert.Equal(["evt_0", "evt_1", "evt_2"], _blocking.Taken);
        var after = (await b.Store.FindAsync(id))!;
        Assert.Equal((5L, before.State, 2L, before.Fence, b.Node.Self.Owner), (after.Cursor, after.State, after.Attempts, after.Fence, after.Node));
        Assert.Equal([(3L, 5L), (0L, 2L)], (await b.Store.AttemptsAsync(id)).Select(attempt => (attempt.FirstSequence, attempt.LastSequence)));
        Assert.Equal([id], b.Running);
    }

    [Fact]
    public async Task Nine_streams_are_shared_by_the_nodes_that_there_are()
    {
        var a = await StartAsync("a");
        var ids = new List<string>();
        for (var i = 0; i < 9; i++) ids.Add(await a.CreateAsync());
        await UntilSharedAsync(ids, 9);

        await StartAsync("b");
        await StartAsync("c");
        await UntilSharedAsync(ids, 3, 3, 3);

        await a.StopAsync();
        _nodes.Remove(a);
        await UntilSharedAsync(ids, 5, 4);

        _ledger.AppendMany(1);
        await Eventually.TrueAsync(() => _destination.Taken.Count == 9);
    }

    [Fact]
    public async Task A_node_that_leaves_gives_its_streams_back_before_it_is_gone()
    {
        var (a, b) = (await StartAsync("a"), await StartAsync("b"));
        var ids = new[] { await a.CreateAsync(), await a.CreateAsync() };
        await UntilSharedAsync(ids, 1, 1);
        var began = TimeProvider.System.GetTimestamp();

        await a.StopAsync();

        await Eventually.TrueAsync(() => b.Running.Count == 2);
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(2), "It was waited for.");
    }

    [Fact]
    public async Task Any_node_shows_and_changes_what_another_one_runs()
    {
        var a = await StartAsync("a");
        var id = await a.CreateAsync();
        await Eventually.TrueAsync(() => a.Running.Count == 1);
        var other = new ScriptedDestination();
        var b = await StartAsync("b", other);
        _ledger.AppendMany(2);
        await Eventually.TrueAsync(() => _destination.Taken.Count == 2);
        await UntilStoredAsync(b, id, stored => stored.Cursor == 1);

        Assert.Equal(1, (await b.Views.GetAsync(id, StreamHarness.Admin, default))!.Cursor);
        Assert.Equal(2, Assert.Single((await b.Views.AttemptsAsync(id, StreamHarness.Admin, default))!).Events);
        Assert.Equal([id], a.Running);

        var view = (await b.Control.UpdateAsync(id, JsonNode.Parse("""{"name":"renamed","event_types":["never"],"force":true}""")!.AsObject(), StreamHarness.Admin, default))!;
        Assert.Equal(("renamed", 1L), (view.Definition.Stream.Name, view.Cursor));
        Assert.Equal("renamed", (await a.Views.GetAsync(id, StreamHarness.Admin, default))!.Definition.Stream.Name);
        Assert.Equal((0, 1), (a.Running.Count, b.Running.Count));

        _ledger.AppendMany(2);
        await UntilStoredAsync(a, id, stored => stored.Cursor == 3);
        Assert.Equal((2, 0), (_destination.Taken.Count, other.Taken.Count));

        await a.Control.DeleteAsync(id, StreamHarness.Admin, default);
        await UntilStoredAsync(b, id, stored => stored.State.Status == StreamStatus.Deleted);
        await Assert.ThrowsAsync<DestinationGoneException>(() => b.Views.GetAsync(id, StreamHarness.Admin, default).AsTask());
        Assert.Empty(await b.Views.ListAsync(StreamHarness.Admin, default));
    }

    [Fact]
    public async Task A_refused_command_takes_the_stream_from_nobody()
    {
        var a = await StartAsync("a");
        var id = await a.CreateAsync();
        var b = await StartAsync("b");

        await Assert.ThrowsAsync<DestinationStateException>(() => b.Control.ResumeAsync(id, "now", StreamHarness.Admin, default).AsTask());
        await Assert.ThrowsAnyAsync<Exception>(() => b.Control.UpdateAsync(id, JsonNode.Parse("""{"nonsense":1}""")!.AsObject(), StreamHarness.Admin, default).AsTask());

        Assert.Equal([id], a.Running);
    }

    [Fact]
    public async Task A_command_waits_for_an_owner_that_hangs_and_goes_on_without_it()
    {
        var a = await StartAsync("a", _blocking, new ManualTimeProvider());
        var id = await a.CreateAsync();
        _ledger.AppendMany(1);
        var b = await StartAsync("b");

        var view = await b.Control.UpdateAsync(id, JsonNode.Parse("""{"name":"renamed"}""")!.AsObject(), StreamHarness.Admin, default);

        Assert.Equal("renamed", view!.Definition.Stream.Name);
        await Eventually.TrueAsync(() => _destination.Taken.Count == 1);
    }

    [Fact]
    public async Task An_outage_moves_with_its_stream()
    {
        var down = new ScriptedDestination { Answer = _ => ScriptedDestination.Outage };
        var a = await StartAsync("a", down);
        var id = await a.CreateAsync();
        _ledger.AppendMany(1);
        await UntilStoredAsync(a, id, stored => stored.State.Status == StreamStatus.Degraded);
        var failing = (await a.Store.FindAsync(id))!.State.FirstFailureAt;
        _destination.Answer = _ => ScriptedDestination.Outage;
        var b = await StartAsync("b");

        await a.StopAsync();
        await Eventually.TrueAsync(() => _destination.Calls.Count > 0);

        var moved = (await b.Store.FindAsync(id))!.State;
        Assert.Equal((StreamStatus.Degraded, failing), (moved.Status, moved.FirstFailureAt));
    }

    [Fact]
    public async Task What_a_node_was_flushing_when_it_died_another_one_flushes()
    {
        var down = new ScriptedDestination { Answer = _ => ScriptedDestination.Outage };
        var a = await StartAsync("a", down, new ManualTimeProvider());
        var id = await a.CreateAsync();
        _ledger.AppendMany(4);
        await a.Control.DeleteAsync(id, StreamHarness.Admin, default);
        var b = await StartAsync("b");

        await DeliveryNode.KillSessionAsync(_database, "a");
        await UntilStoredAsync(b, id, stored => stored.State.Status == StreamStatus.Deleted);

        Assert.Equal(4, _destination.Taken.Count);
        Assert.Equal(0, (await b.Store.FindAsync(id))!.State.Deletion!.Unsent!.Count);
    }

    [Fact]
    public async Task A_batch_that_was_frozen_is_sent_as_it_was_by_the_node_that_takes_over()
    {
        var a = await StartAsync("a", _blocking, new ManualTimeProvider(), freezes: true);
        _ledger.AppendMany(3);
        var id = await a.CreateAsync();
        await _blocking.Asked;
        _ledger.AppendMany(3);
        var b = await StartAsync("b", freezes: true);

        await DeliveryNode.KillSessionAsync(_database, "a");
        await UntilStoredAsync(b, id, stored => stored.Cursor == 5);

        Assert.Equal(_blocking.Taken, _destination.Calls[0]);
        Assert.Equal([$"{id}-0-2", $"{id}-3-5"], _destination.Keys);
    }

    private async Task<DeliveryNode> StartAsync(string name, IDestination? destination = null, TimeProvider? clockOfItsSession = null, bool freezes = false)
    {
        var node = await DeliveryNode.StartAsync(_database, name, _ledger, destination ?? _destination, clockOfItsSession, freezes);
        _nodes.Add(node);
        return node;
    }

    private async Task UntilSharedAsync(IReadOnlyCollection<string> ids, params int[] counts)
    {
        int[] Counts() => [.. _nodes.Select(node => node.Running.Count).OrderDescending()];
        await Eventually.TrueAsync(() => Counts().SequenceEqual(counts));
        Assert.Equal(ids.Order(StringComparer.Ordinal), _nodes.SelectMany(node => node.Running).Order(StringComparer.Ordinal));
    }

    private static Task UntilStoredAsync(DeliveryNode node, string id, Func<StoredStream, bool> condition) =>
        Eventually.TrueAsync(async () => condition((await node.Store.FindAsync(id))!));
}
