using Sluice.Delivery;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

/// <summary>A stream belongs to whoever took it last.</summary>
public sealed class TakingTests
{
    private readonly ScriptedDestination _destination = new();

    [Fact]
    public async Task A_stream_that_another_node_takes_stops_quietly_and_moves_no_cursor()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = (await streams.CreateAsync("""{"name":"a","provider":"scripted"}""")).Definition.Id;
        streams.Ledger.AppendMany(2);
        await StreamHarness.UntilNowAsync(() => streams.Stored(id)!.Cursor == 1);

        await streams.Store.TakeAsync(id, "other");
        streams.Ledger.AppendMany(3);
        await StreamHarness.UntilNowAsync(() => streams.HasLostItsPlace(id));

        Assert.Equal((1, "other"), (streams.Stored(id)!.Cursor, streams.Stored(id)!.Node));
        Assert.Contains("was taken by another node", streams.Logs.Text);
        Assert.DoesNotContain("stumbled", streams.Logs.Text);
        await streams.RestartAsync();
        await StreamHarness.UntilNowAsync(() => streams.Stored(id)!.Cursor == 4);
        Assert.Equal("local", streams.Stored(id)!.Node);
    }

    [Fact]
    public async Task A_node_that_stops_gives_its_streams_back()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = (await streams.CreateAsync("""{"name":"a","provider":"scripted"}""")).Definition.Id;
        Assert.Equal("local", streams.Stored(id)!.Node);

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
