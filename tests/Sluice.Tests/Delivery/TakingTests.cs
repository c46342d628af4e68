using Sluice.Delivery;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

/// <summary>A stream belongs to whoever took it last.</summary>
public sealed class TakingTests
{
    private readonly ScriptedDestination _destination = new();

    [Fact]
    public async Task A_stream_that_was_taken_away_stops_quietly_and_is_taken_again_where_nobody_runs_it()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = (await streams.CreateAsync("""{"name":"a","provider":"scripted"}""")).Definition.Id;
        streams.Ledger.AppendMany(2);
        await StreamHarness.UntilNowAsync(() => streams.Stored(id)!.Cursor == 1);

        await streams.Store.TakeAsync(id, "a node that is gone");
        streams.Ledger.AppendMany(3);
        await StreamHarness.UntilNowAsync(() => streams.Stored(id)!.Cursor == 4);

        Assert.Equal((3, streams.Self.Owner), (streams.Stored(id)!.Fence, streams.Stored(id)!.Node));
        Assert.Contains("was taken by another node", streams.Logs.Text);
        Assert.DoesNotContain("stumbled", streams.Logs.Text);
    }

    [Fact]
    public async Task A_node_that_stops_gives_its_streams_back()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = (await streams.CreateAsync("""{"name":"a","provider":"scripted"}""")).Definition.Id;
        Assert.Equal(streams.Self.Owner, streams.Stored(id)!.Node);

        await streams.StopStreamsAsync();

        Assert.Null(streams.Stored(id)!.Node);
    }

    [Fact]
    public async Task Attempts_outlive_a_restart_and_are_numbered_on()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = (await streams.CreateAsync("""{"name":"a","provider":"scripted"}""")).Definition.Id;
        streams.Ledger.AppendMany(1);
        await streams.UntilCursorAsync(id, 0);

        await streams.RestartAsync();
        streams.Ledger.AppendMany(1);
        await streams.UntilCursorAsync(id, 1);

        Assert.Equal([(2L, 1L, "delivered"), (1L, 0L, "delivered")], streams.Attempts(id).Select(attempt => (attempt.Number, attempt.FirstSequence, attempt.Result)));
    }
}
