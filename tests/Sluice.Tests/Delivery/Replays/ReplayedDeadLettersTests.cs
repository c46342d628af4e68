using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery.Replays;

/// <summary>What a destination refuses of a replay, and dead letters that are sent again.</summary>
public sealed class ReplayedDeadLettersTests
{
    private readonly HashSet<string> _poison = [];

    [Fact]
    public async Task Refused_events_of_a_replay_are_searched_by_halving_and_become_its_dead_letters()
    {
        await using var its = await StartAsync(events: 100);
        await its.StreamAsync(20);
        Poison(3, 17);

        var replay = await its.EndOfAsync(await its.ReplayAsync(0));

        Assert.Equal((ReplayStatus.Completed, 18, 2), (replay.Standing.Status, replay.Standing.Sent, replay.Standing.Refused));
        Assert.Equal([(3L, replay.Order.Id), (17L, replay.Order.Id)], its.Streams.DeadLetters(its.Id).Select(letter => (letter.Sequence, letter.ReplayId!)));
        Assert.Equal(ReplaySetting.Events(0, 19).Except(_poison), its.Destination.Replayed);
        Assert.Equal(2, (await its.Streams.Store.DeadLettersAsync(its.Id, -1, 10, replay.Order.Id)).Count);
        Assert.Equal(StreamStatus.Active, its.Streams.Stand(its.Id).State.Status);
    }

    [Fact]
    public async Task A_destination_that_refuses_all_of_a_replay_is_waited_for_and_gets_no_dead_letters()
    {
        await using var its = await StartAsync(events: 1);
        await its.StreamAsync(40);
        Poison([.. Enumerable.Range(5, 25)]);

        var replay = await its.ReplayAsync(0);
        await StreamHarness.UntilNowAsync(() => its.Streams.Replay(replay).Standing.State.LastError is not null);

        var standing = its.Streams.Replay(replay).Standing;
        Assert.Equal((ReplayStatus.Running, 4, 0, ErrorClass.Refused), (standing.Status, standing.Cursor, standing.Refused, standing.State.LastError!.Class));
        Assert.Empty(its.Streams.DeadLetters(its.Id));
        _poison.Clear();
        Assert.Equal((40, 0), (await its.EndOfAsync(replay)).Standing is var end ? (end.Sent, end.Refused) : default);
    }

    [Fact]
    public async Task What_a_replay_takes_back_does_not_take_away_the_streams_own()
    {
        await using var its = await StartAsync(events: 1);
        await its.StreamAsync(5);
        Poison(5);
        await its.StreamAsync(30);
        Poison([.. Enumerable.Range(5, 25)]);

        var replay = await its.ReplayAsync(0);
        await StreamHarness.UntilNowAsync(() => its.Streams.Replay(replay).Standing.State.LastError is not null);

        var letter = Assert.Single(its.Streams.DeadLetters(its.Id));
        Assert.Equal((5, null), (letter.Sequence, letter.ReplayId));
    }

    [Fact]
    public async Task What_the_stream_takes_back_does_not_take_away_those_of_a_replay()
    {
        await using var its = await StartAsync(events: 1);
        await its.StreamAsync(41);
        its.Destination.Answer = (id, isReplay) => !isReplay ? ScriptedDestination.Outage : id == "evt_65" ? ScriptedDestination.Refused : ScriptedDestination.Delivered;
        its.Streams.Ledger.AppendMany(30);
        var replay = await its.EndOfAsync(await its.ReplayAsync(60));

        its.Destination.Answer = (_, _) => ScriptedDestination.Refused;
        await its.Streams.UntilAsync(() => its.Streams.Stand(its.Id).State.LastError?.Class == ErrorClass.Refused);

        Assert.Equal([(65L, replay.Order.Id)], its.Streams.DeadLetters(its.Id).Select(letter => (letter.Sequence, letter.ReplayId!)));
    }

    [Fact]
    public async Task Dead_letters_that_are_taken_leave_the_list_and_those_refused_again_say_why()
    {
        await using var its = await WithLettersAsync(3, 6, 9);
        _poison.Remove("evt_3");
        _poison.Remove("evt_9");
        its.Destination.Answer = (id, _) => _poison.Contains(id) ? new DeliveryResult.Refused("Still not.") : ScriptedDestination.Delivered;
        var before = its.Streams.DeadLetters(its.Id)[1].Attempts;

        var replay = await its.EndOfAsync(await its.ReplayLettersAsync(null));

        Assert.Equal((ReplayStatus.Completed, 2, 1, 3L), (replay.Standing.Status, replay.Standing.Sent, replay.Standing.Refused, replay.Total));
        var letter = Assert.Single(its.Streams.DeadLetters(its.Id));
        Assert.Equal((6, "Still not.", true, null), (letter.Sequence, letter.Reason, letter.Attempts > before, letter.ReplayId));
        Assert.Equal(["evt_3", "evt_9"], its.Destination.Replayed);
        Assert.All(its.Destination.Requests.Where(request => request.IsReplay).SelectMany(request => request.Ids), id => Assert.Contains(id, (string[])["evt_3", "evt_6", "evt_9"]));
    }

    [Fact]
    public async Task Only_those_that_are_named_are_sent()
    {
        await using var its = await WithLettersAsync(3, 6, 9);
        _poison.Clear();

        await its.EndOfAsync(await its.ReplayLettersAsync(9, 3, 9));

        Assert.Equal(["evt_3", "evt_9"], its.Destination.Replayed);
        Assert.Equal([6L], its.Streams.DeadLetters(its.Id).Select(letter => letter.Sequence));
        var refused = await Assert.ThrowsAsync<DefinitionException>(() => its.ReplayLettersAsync(6, 3));
        Assert.Equal("sequences[1]", refused.Field);
    }

    [Fact]
    public async Task Many_that_are_all_refused_again_are_no_outage()
    {
        await using var its = await WithLettersAsync([.. Enumerable.Range(1, 60).Select(i => 2 * i)]);

        var replay = await its.EndOfAsync(await its.ReplayLettersAsync(null));

        Assert.Equal((ReplayStatus.Completed, 0, 60), (replay.Standing.Status, replay.Standing.Sent, replay.Standing.Refused));
        Assert.Equal(60, its.Streams.DeadLetters(its.Id).Count);
    }

    [Fact]
    public async Task One_that_is_forgotten_while_it_waits_is_not_sent()
    {
        await using var its = await WithLettersAsync(3, 6, 9);
        _poison.Clear();
        its.Destination.Answer = (_, isReplay) => isReplay ? ScriptedDestination.Outage : ScriptedDestination.Delivered;
        var replay = await its.ReplayLettersAsync(null);
        await StreamHarness.UntilNowAsync(() => its.Streams.Replay(replay).Standing.State.LastError is not null);
        Assert.Equal("already_running", (await Assert.ThrowsAsync<DestinationStateException>(() => its.ReplayLettersAsync(null))).Code);

        await its.Streams.Control.RemoveDeadLetterAsync(its.Id, 6, StreamHarness.Admin, default);
        await its.Streams.RestartAsync();
        its.Destination.Answer = (_, _) => ScriptedDestination.Delivered;
        await its.EndOfAsync(replay);

        Assert.Equal(["evt_3", "evt_9"], its.Destination.Replayed);
        Assert.Empty(its.Streams.DeadLetters(its.Id));
    }

    [Fact]
    public async Task Those_whose_events_retention_removed_stay_and_the_replay_says_so()
    {
        await using var its = await WithLettersAsync(3, 6, 9);
        _poison.Clear();
        its.Streams.Ledger.First = 5;

        var replay = await its.EndOfAsync(await its.ReplayLettersAsync(null));

        Assert.Equal((5L, 2), (replay.Standing.FirstAvailable, replay.Standing.Sent));
        Assert.Equal([3L], its.Streams.DeadLetters(its.Id).Select(letter => letter.Sequence));
        Assert.Null((await its.Streams.Replays.InspectAsync(its.Id, 3, StreamHarness.Admin, default))!.Spelled);
    }

    [Fact]
    public async Task A_range_that_delivers_a_dead_letter_takes_it_off_the_list()
    {
        await using var its = await WithLettersAsync(3, 6);
        _poison.Clear();

        await its.EndOfAsync(await its.ReplayAsync(0, 4));

        Assert.Equal([6L], its.Streams.DeadLetters(its.Id).Select(letter => letter.Sequence));
    }

    [Fact]
    public async Task Without_dead_letters_a_replay_of_all_has_nothing_to_do()
    {
        await using var its = await StartAsync();
        await its.StreamAsync(3);

        var replay = await its.EndOfAsync(await its.ReplayLettersAsync(null));

        Assert.Equal((ReplayStatus.Completed, 0L, 0), (replay.Standing.Status, replay.Total, its.Destination.Replayed.Count));
    }

    private async Task<ReplaySetting> StartAsync(int events = 5)
    {
        var its = await ReplaySetting.StartAsync(events);
        its.Destination.Answer = (id, _) => _poison.Contains(id) ? ScriptedDestination.Refused : ScriptedDestination.Delivered;
        return its;
    }

    private async Task<ReplaySetting> WithLettersAsync(params int[] sequences)
    {
        var its = await StartAsync();
        Poison(sequences);
        await its.StreamAsync(1);
        await its.StreamAsync(sequences[^1] + 5);
        Assert.Equal(sequences.Select(sequence => (long)sequence), its.Streams.DeadLetters(its.Id).Select(letter => letter.Sequence));
        return its;
    }

    private void Poison(params int[] sequences) => _poison.UnionWith(sequences.Select(sequence => $"evt_{sequence}"));
}
