using Sluice.Delivery;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

/// <summary>When a refusal is about an event, and when about the destination.</summary>
public sealed class VerdictTests
{
    private readonly ScriptedDestination _destination = new();
    private readonly HashSet<string> _poison = [];

    public VerdictTests() => _destination.Answer = ids => ids.Any(_poison.Contains) ? ScriptedDestination.Refused : ScriptedDestination.Delivered;

    [Fact]
    public async Task Where_an_event_was_taken_before_a_refusal_is_a_verdict_at_once()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams);
        streams.Ledger.AppendMany(1);
        await streams.UntilCursorAsync(id, 0);
        Poison(1, 1);
        streams.Ledger.AppendMany(1);

        await streams.UntilCursorAsync(id, 1);

        Assert.Equal(StreamStatus.Active, streams.Stand(id).State.Status);
        Assert.Equal("It does not like that.", Assert.Single(streams.DeadLetters(id)).Reason);
    }

    [Fact]
    public async Task A_first_event_that_is_refused_alone_is_an_outage_until_another_is_taken()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams);
        Poison(0, 1);
        streams.Ledger.AppendMany(1);
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).State.Status == StreamStatus.Degraded);
        Assert.Equal((-1, ErrorClass.Refused), (streams.Stand(id).Cursor, streams.Stand(id).State.LastError!.Class));
        Assert.Empty(streams.DeadLetters(id));
        streams.Ledger.AppendMany(1);

        await streams.UntilCursorAsync(id, 1);

        Assert.Equal([0L], streams.DeadLetters(id).Select(letter => letter.Sequence));
        Assert.Equal(["evt_1"], _destination.Taken);
    }

    [Fact]
    public async Task Refused_first_events_do_not_hold_up_the_rest_when_each_travels_alone()
    {
        await using var streams = await StreamHarness.StartAsync(_destination, events: 1);
        Poison(0, 3);
        streams.Ledger.AppendMany(5);
        var id = await CreateAsync(streams, "beginning");

        await streams.UntilCursorAsync(id, 4);

        Assert.Equal(["evt_3", "evt_4"], _destination.Taken);
        Assert.Equal([0L, 1, 2], streams.DeadLetters(id).Select(letter => letter.Sequence));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Twenty_refusals_in_a_row_take_the_dead_letters_back(int batch)
    {
        await using var streams = await StreamHarness.StartAsync(_destination, batch);
        streams.Ledger.AppendMany(10);
        var id = await CreateAsync(streams, "beginning");
        await streams.UntilCursorAsync(id, 9);
        Poison(10, 20);
        streams.Ledger.AppendMany(40);

        await StreamHarness.UntilNowAsync(() => streams.Stand(id).State.Status == StreamStatus.Degraded);

        Assert.Equal((9, ErrorClass.Refused), (streams.Stand(id).Cursor, streams.Stand(id).State.LastError!.Class));
        Assert.Empty(streams.DeadLetters(id));
    }

    [Fact]
    public async Task Nineteen_refusals_in_a_row_are_verdicts()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        streams.Ledger.AppendMany(10);
        var id = await CreateAsync(streams, "beginning");
        await streams.UntilCursorAsync(id, 9);
        Poison(10, 19);
        streams.Ledger.AppendMany(40);

        await streams.UntilCursorAsync(id, 49);

        Assert.Equal(19, streams.DeadLetters(id).Count);
        Assert.Equal(31, _destination.Taken.Count);
    }

    [Fact]
    public async Task An_update_makes_a_destination_prove_itself_again()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams);
        streams.Ledger.AppendMany(1);
        await streams.UntilCursorAsync(id, 0);
        await streams.UpdateAsync(id, """{"remark":"moved"}""");
        Poison(1, 1);
        streams.Ledger.AppendMany(1);

        await StreamHarness.UntilNowAsync(() => streams.Stand(id).State.Status == StreamStatus.Degraded);

        Assert.Empty(streams.DeadLetters(id));
    }

    [Fact]
    public async Task A_single_event_that_is_too_large_is_set_aside()
    {
        _destination.Answer = ids => ids.Contains("evt_1") ? new DeliveryResult.TooLarge() : ScriptedDestination.Delivered;
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams);
        streams.Ledger.AppendMany(3);

        await streams.UntilCursorAsync(id, 2);

        Assert.Equal([1L], streams.DeadLetters(id).Select(letter => letter.Sequence));
    }

    [Fact]
    public async Task Events_that_a_destination_names_are_set_aside_without_sending_the_others_again()
    {
        _destination.Answer = _ => new DeliveryResult.PartlyRefused([new RefusedEvent(1, "bad date"), new RefusedEvent(3, "bad field")]);
        await using var streams = await StreamHarness.StartAsync(_destination);
        streams.Ledger.AppendMany(5);
        var id = await CreateAsync(streams, "beginning");

        await streams.UntilCursorAsync(id, 4);

        Assert.Single(_destination.Calls);
        Assert.Equal(["bad date", "bad field"], streams.DeadLetters(id).Select(letter => letter.Reason));
    }

    [Fact]
    public async Task A_dead_letter_is_on_the_disk_before_the_cursor_passes_it()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams);
        streams.Ledger.AppendMany(1);
        await streams.UntilCursorAsync(id, 0);
        Poison(1, 1);
        await streams.Database.CannotWriteAsync(true);
        streams.Ledger.AppendMany(1);
        await StreamHarness.UntilNowAsync(() => streams.Logs.Text.Contains("Could not save a change"));
        Assert.Equal(0, streams.Stand(id).Cursor);
        await streams.Database.CannotWriteAsync(false);

        await streams.UntilCursorAsync(id, 1);

        Assert.Single(streams.DeadLetters(id));
    }

    private void Poison(int first, int count) => _poison.UnionWith(Enumerable.Range(first, count).Select(i => $"evt_{i}"));

    private static async Task<string> CreateAsync(StreamHarness streams, string from = "now") =>
        (await streams.CreateAsync($$"""{"provider":"scripted","start_from":"{{from}}"}""")).Definition.Id;
}
