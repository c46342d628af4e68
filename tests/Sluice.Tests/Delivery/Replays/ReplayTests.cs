using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Delivery.Replays;
using Sluice.Streams;
using Sluice.Tenants;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery.Replays;

/// <summary>A range that is sent again: all of it, at its pace, beside the stream and without a trace in the stream's state.</summary>
public sealed class ReplayTests
{
    [Fact]
    public async Task A_range_is_sent_again_over_a_connection_of_its_own_and_can_be_told_from_the_stream()
    {
        await using var its = await ReplaySetting.StartAsync();
        await its.StreamAsync(20);

        var replay = await its.EndOfAsync(await its.ReplayAsync(3, 14));

        Assert.Equal(ReplaySetting.Events(3, 14), its.Destination.Replayed);
        Assert.Equal((ReplayStatus.Completed, 12, 12L, 14, 0), (replay.Standing.Status, replay.Standing.Sent, replay.Total, replay.Standing.Cursor, replay.Standing.Refused));
        Assert.NotNull(replay.Standing.EndedAt);
        var keys = its.Destination.Requests.Where(request => request.IsReplay).Select(request => request.Key);
        Assert.Equal([$"{its.Id}-{replay.Order.Id}-3-7", $"{its.Id}-{replay.Order.Id}-8-12", $"{its.Id}-{replay.Order.Id}-13-14"], keys);
        Assert.All(its.Destination.Requests.Where(request => request.IsReplay), request => Assert.Equal(replay.Order.Id, request.ReplayId));
        Assert.Equal((2, 1), (its.Destination.Opened, its.Destination.Closed));
        Assert.Equal(ReplaySetting.Events(0, 19), its.Destination.Live);
    }

    [Fact]
    public async Task The_stream_goes_on_and_stays_active_while_a_replay_waits_out_an_outage()
    {
        await using var its = await ReplaySetting.StartAsync();
        await its.StreamAsync(10);
        its.Destination.Answer = (_, isReplay) => isReplay ? ScriptedDestination.Outage : ScriptedDestination.Delivered;
        var replay = await its.ReplayAsync(0, 9);
        await StreamHarness.UntilNowAsync(() => its.Streams.Replay(replay).Standing.State.LastError is not null);

        await its.StreamAsync(5);

        Assert.Equal((14, StreamStatus.Active), (its.Streams.Stand(its.Id).Cursor, its.Streams.Stand(its.Id).State.Status));
        Assert.Equal("It is down.", its.Streams.Replay(replay).Standing.State.LastError!.Message);
        its.Destination.Answer = (_, _) => ScriptedDestination.Delivered;
        Assert.Null((await its.EndOfAsync(replay)).Standing.State.LastError);
        Assert.Equal(ReplaySetting.Events(0, 9), its.Destination.Replayed);
    }

    [Fact]
    public async Task A_replay_has_attempts_of_its_own_and_leaves_none_among_those_of_the_stream()
    {
        await using var its = await ReplaySetting.StartAsync();
        await its.StreamAsync(15);
        its.Destination.Answer = (id, isReplay) =>
            isReplay && id == "evt_5" && !its.Destination.Requests.Any(request => request is { IsReplay: true, IsTaken: false }) ? ScriptedDestination.Outage : ScriptedDestination.Delivered;
        var replay = await its.ReplayAsync(0, 14);
        await StreamHarness.UntilNowAsync(() => its.Streams.Replay(replay).Standing.State.FirstFailureAt is not null);

        await its.Streams.RestartAsync();
        await its.EndOfAsync(replay);

        Assert.Equal(3, its.Streams.Attempts(its.Id).Count);
        var attempts = (await its.Streams.Replays.AttemptsAsync(its.Id, replay.Order.Id, StreamHarness.Admin, default))!;
        Assert.Equal([(4L, "delivered", 10L), (3, "delivered", 5), (2, "try_later", 5), (1, "delivered", 0)], attempts.Select(attempt => (attempt.Number, attempt.Result, attempt.FirstSequence)));
    }

    [Fact]
    public async Task A_pace_is_kept()
    {
        await using var its = await ReplaySetting.StartAsync(events: 100);
        await its.StreamAsync(10);

        await its.EndOfAsync(await its.ReplayAsync(0, 9, pace: 2));

        var requests = its.Destination.Requests.Where(request => request.IsReplay).ToList();
        Assert.Equal([2, 2, 2, 2, 2], requests.Select(request => request.Ids.Count));
        // A store that takes its time lets the clock of the test run on; never does a request come early.
        Assert.All(requests.Zip(requests.Skip(1)), pair => Assert.InRange((pair.Second.At - pair.First.At).TotalSeconds, 1, 5));
    }

    [Fact]
    public async Task Only_what_the_filter_and_the_destination_let_through_is_sent_and_counted()
    {
        await using var its = await ReplaySetting.StartAsync(more: ""","event_types":["user.*"]""");
        its.Streams.Ledger.AppendMany(3);
        its.Streams.Ledger.AppendMany(3, action: "user.logout");
        its.Streams.Ledger.AppendMany(3, action: "key.create");
        await its.Streams.UntilCursorAsync(its.Id, 8);

        var replay = await its.EndOfAsync(await its.ReplayAsync(0, filter: """action EQ "user.logout" OR action EQ "key.create" """));

        Assert.Equal(ReplaySetting.Events(3, 5), its.Destination.Replayed);
        Assert.Equal((3, 3L), (replay.Standing.Sent, replay.Total));
    }

    [Fact]
    public async Task A_range_of_times_begins_at_one_and_ends_before_the_other()
    {
        await using var its = await ReplaySetting.StartAsync();
        for (var minute = 0; minute < 5; minute++)
        {
            await its.StreamAsync(2);
            its.Streams.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var began = its.Streams.Time.GetUtcNow() - TimeSpan.FromMinutes(4);
        var request = new ReplayRequest(new ReplayBound(null, $"{began:O}"), new ReplayBound(null, $"{began.AddMinutes(2):O}"), null, null);
        await its.EndOfAsync((await its.Streams.Replays.StartAsync(its.Id, request, StreamHarness.Admin, default))!);

        Assert.Equal(ReplaySetting.Events(2, 5), its.Destination.Replayed);
    }

    [Fact]
    public async Task A_stopped_replay_sends_nothing_more()
    {
        await using var its = await ReplaySetting.StartAsync();
        await its.StreamAsync(50);
        var replay = await its.ReplayAsync(0, pace: 5);
        await its.Streams.UntilAsync(() => its.Streams.Replay(replay).Standing.Sent == 10);

        var stopped = await its.Streams.Replays.StopAsync(its.Id, replay.Order.Id, StreamHarness.Admin, default);
        var sent = its.Destination.Replayed.Count;
        its.Streams.Time.Advance(TimeSpan.FromMinutes(1));
        await its.StreamAsync(1);

        Assert.Equal((ReplayStatus.Stopped, "It was stopped by a user."), (stopped!.Standing.Status, stopped.Standing.Reason));
        Assert.Equal((sent, sent), (its.Destination.Replayed.Count, (int)stopped.Standing.Sent));
        Assert.Equal(stopped.Standing, (await its.Streams.Replays.StopAsync(its.Id, replay.Order.Id, StreamHarness.Admin, default))!.Standing);
    }

    [Fact]
    public async Task A_restart_in_the_middle_goes_on_at_the_cursor()
    {
        await using var its = await ReplaySetting.StartAsync();
        await its.StreamAsync(40);
        var replay = await its.ReplayAsync(0, 39, pace: 5);
        await its.UntilReplayedAsync(15);

        await its.Streams.RestartAsync();
        var ended = await its.EndOfAsync(replay);

        Assert.Equal(ReplaySetting.Events(0, 39), its.Destination.Replayed);
        Assert.Equal((ReplayStatus.Completed, 40, 40L, 2), (ended.Standing.Status, ended.Standing.Sent, ended.Total, ended.Fence));
    }

    [Fact]
    public async Task An_unconfirmed_batch_is_sent_again_after_a_restart()
    {
        await using var its = await ReplaySetting.StartAsync();
        await its.StreamAsync(20);
        its.Destination.Answer = (id, isReplay) => isReplay && id == "evt_12" ? ScriptedDestination.Outage : ScriptedDestination.Delivered;
        var replay = await its.ReplayAsync(0, 19);
        await StreamHarness.UntilNowAsync(() => its.Streams.Replay(replay).Standing.State.FirstFailureAt is not null);
        var failing = its.Streams.Replay(replay).Standing.State.FirstFailureAt;

        await its.Streams.RestartAsync();
        await StreamHarness.UntilNowAsync(() => its.Destination.Requests.Count(request => request.Ids[0] == "evt_10") > 2);
        Assert.Equal(failing, its.Streams.Replay(replay).Standing.State.FirstFailureAt);
        its.Destination.Answer = (_, _) => ScriptedDestination.Delivered;
        await its.EndOfAsync(replay);

        Assert.Equal(ReplaySetting.Events(0, 19), its.Destination.Replayed);
    }

    [Fact]
    public async Task What_retention_overtakes_is_said_and_the_rest_is_sent()
    {
        await using var its = await ReplaySetting.StartAsync();
        await its.StreamAsync(40);
        var replay = await its.ReplayAsync(0, 39, pace: 5);
        await its.UntilReplayedAsync(10);

        its.Streams.Ledger.First = 30;
        var ended = await its.EndOfAsync(replay);

        Assert.Equal((ReplayStatus.Completed, 30L), (ended.Standing.Status, ended.Standing.FirstAvailable));
        Assert.Equal(its.Destination.Replayed.Count, ended.Standing.Sent);
        Assert.Equal(ReplaySetting.Events(30, 39), its.Destination.Replayed.TakeLast(10));
        Assert.InRange(ended.Standing.Sent, 20, 25);
        Assert.Empty(its.Streams.Gaps(its.Id));
        Assert.Contains("Retention removed events", its.Streams.Logs.Text);
    }

    [Fact]
    public async Task A_range_of_which_the_beginning_is_gone_says_so_too()
    {
        await using var its = await ReplaySetting.StartAsync();
        await its.StreamAsync(20);
        its.Streams.Ledger.First = 10;

        var bySequence = await its.EndOfAsync(await its.ReplayAsync(5, 12));
        var since = new ReplayRequest(new ReplayBound(null, "2026-01-01T00:00:00Z"), new ReplayBound(12, null), null, null);
        var byTime = await its.EndOfAsync((await its.Streams.Replays.StartAsync(its.Id, since, StreamHarness.Admin, default))!);

        Assert.Equal((10L, 10L), (bySequence.Standing.FirstAvailable, byTime.Standing.FirstAvailable));
        Assert.Equal([.. ReplaySetting.Events(10, 12), .. ReplaySetting.Events(10, 12)], its.Destination.Replayed);
        Assert.Equal("removed", (await Assert.ThrowsAsync<DestinationStateException>(() => its.ReplayAsync(5, 9))).Code);
    }

    [Fact]
    public async Task A_replay_is_given_up_like_a_stream_and_says_from_where_to_begin_again()
    {
        await using var its = await ReplaySetting.StartAsync(settings: new DeliverySettings { GiveUpAfter = TimeSpan.FromMinutes(2) });
        await its.StreamAsync(10);
        its.Destination.Answer = (id, isReplay) => isReplay && id != "evt_2" ? ScriptedDestination.Outage : ScriptedDestination.Delivered;
        var began = its.Streams.Time.GetUtcNow();

        var ended = await its.EndOfAsync(await its.ReplayAsync(0));

        Assert.Equal((ReplayStatus.Failed, "It is down."), (ended.Standing.Status, ended.Standing.State.LastError!.Message));
        Assert.Contains("took nothing for 120 s: It is down.", ended.Standing.Reason);
        Assert.InRange(its.Streams.Time.GetUtcNow() - began, TimeSpan.FromSeconds(119), TimeSpan.FromSeconds(125));
        Assert.Equal((StreamStatus.Active, 0), (its.Streams.Stand(its.Id).State.Status, its.Streams.Gaps(its.Id).Count));
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("failed")]
    public async Task A_destination_that_does_not_stream_is_sent_a_replay_and_stays_as_it_is(string status)
    {
        await using var its = await ReplaySetting.StartAsync(settings: new DeliverySettings { GiveUpAfter = TimeSpan.FromSeconds(10) });
        await its.StreamAsync(10);
        its.Destination.Answer = (_, isReplay) => isReplay ? ScriptedDestination.Delivered : ScriptedDestination.Outage;
        if (status == "disabled") await its.Streams.UpdateAsync(its.Id, """{"enabled":false}""");
        its.Streams.Ledger.AppendMany(1);
        if (status == "failed") await its.Streams.UntilAsync(() => its.Streams.Stand(its.Id).State.Status == StreamStatus.Failed);

        var replay = await its.EndOfAsync(await its.ReplayAsync(0));

        Assert.Equal((ReplayStatus.Completed, 11), (replay.Standing.Status, replay.Standing.Sent));
        Assert.Equal((9, status), (its.Streams.Stand(its.Id).Cursor, its.Streams.Stand(its.Id).State.Status.ToString().ToLowerInvariant()));
    }

    [Fact]
    public async Task A_changed_destination_is_tried_with_its_new_members_at_once()
    {
        await using var its = await ReplaySetting.StartAsync();
        await its.StreamAsync(5);
        its.Destination.Answer = (_, isReplay) => isReplay ? ScriptedDestination.Outage : ScriptedDestination.Delivered;
        var replay = await its.ReplayAsync(0);
        await StreamHarness.UntilNowAsync(() => its.Streams.Replay(replay).Standing.State.FirstFailureAt is not null);
        var opened = its.Destination.Opened;

        its.Streams.Time.Advance(TimeSpan.FromMilliseconds(1));
        await its.Streams.UpdateAsync(its.Id, """{"token":"another"}""");
        await its.Streams.UntilAsync(() => its.Streams.Replay(replay).Fence == 2);

        await StreamHarness.UntilNowAsync(() => its.Destination.Opened == opened + 2);
    }

    [Fact]
    public async Task Deleting_the_destination_stops_its_replays_and_refuses_new_ones()
    {
        await using var its = await ReplaySetting.StartAsync();
        await its.StreamAsync(5);
        its.Destination.Answer = (_, _) => ScriptedDestination.Outage;
        var replay = await its.ReplayAsync(0);
        its.Streams.Ledger.AppendMany(1);

        await its.Streams.Control.DeleteAsync(its.Id, StreamHarness.Admin, default);

        Assert.Equal("deleting", (await Assert.ThrowsAsync<DestinationStateException>(() => its.ReplayAsync(0))).Code);
        var ended = await its.EndOfAsync(replay);
        Assert.Equal((ReplayStatus.Stopped, "Its destination was deleted."), (ended.Standing.Status, ended.Standing.Reason));
    }

    [Fact]
    public async Task Four_run_at_once_and_a_fifth_is_refused_until_one_has_ended()
    {
        await using var its = await ReplaySetting.StartAsync();
        await its.StreamAsync(5);
        its.Destination.Answer = (_, isReplay) => isReplay ? ScriptedDestination.Outage : ScriptedDestination.Delivered;
        var first = await its.ReplayAsync(0);
        its.Streams.Time.Advance(TimeSpan.FromMilliseconds(1));
        for (var i = 1; i < ReplayOrder.MostRunning; i++) await its.ReplayAsync(0);

        Assert.Equal("too_many_replays", (await Assert.ThrowsAsync<DestinationStateException>(() => its.ReplayAsync(0))).Code);
        await its.Streams.Replays.StopAsync(its.Id, first.Order.Id, StreamHarness.Admin, default);
        await its.ReplayAsync(0);

        var all = (await its.Streams.Replays.ListAsync(its.Id, StreamHarness.Admin, default))!;
        Assert.Equal(5, all.Count);
        Assert.Equal(first.Order.Id, all[^1].Order.Id);
    }

    [Fact]
    public async Task A_tenants_admin_has_the_replays_of_its_own_destinations_and_its_own_events()
    {
        await using var its = await ReplaySetting.StartAsync();
        its.Streams.Ledger.AppendMany(2, tenant: "t1");
        its.Streams.Ledger.AppendMany(2, tenant: "t2");
        var (t1, t2) = (new Caller("k1", "a", Role.Admin, "t1"), new Caller("k2", "b", Role.Admin, "t2"));
        var own = (await its.Streams.CreateAsync("""{"provider":"scripted"}""", t1)).Definition.Id;
        var request = new ReplayRequest(new ReplayBound(0, null), null, """tenant_id EQ "t1" OR tenant_id EQ "t2" """, null);

        Assert.Null(await its.Streams.Replays.StartAsync(its.Id, request, t1, default));
        Assert.Null(await its.Streams.Replays.StartAsync(own, request, t2, default));
        var replay = (await its.Streams.Replays.StartAsync(own, request, t1, default))!;
        await its.EndOfAsync(replay);

        Assert.Equal(ReplaySetting.Events(0, 1), its.Destination.Replayed);
        Assert.Null(await its.Streams.Replays.GetAsync(own, replay.Order.Id, t2, default));
        Assert.Null(await its.Streams.Replays.ListAsync(own, t2, default));
        Assert.Null(await its.Streams.Replays.StopAsync(own, replay.Order.Id, t2, default));
    }

    [Fact]
    public async Task Ranges_that_cannot_be_are_refused_with_their_member()
    {
        await using var its = await ReplaySetting.StartAsync();
        await its.StreamAsync(10);

        async Task<string?> FieldAsync(ReplayBound? from, ReplayBound? to, string? filter = null) => (await Assert.ThrowsAsync<DefinitionException>(
            () => its.Streams.Replays.StartAsync(its.Id, new ReplayRequest(from, to, filter, null), StreamHarness.Admin, default).AsTask())).Field;

        Assert.Equal("from", await FieldAsync(null, null));
        Assert.Equal("from", await FieldAsync(new(-1, null), null));
        Assert.Equal("from", await FieldAsync(new(10, null), null));
        Assert.Equal("from", await FieldAsync(new(null, "yesterday"), null));
        Assert.Equal("to", await FieldAsync(new(0, null), new(10, null)));
        Assert.Equal("to", await FieldAsync(new(5, null), new(4, null)));
        Assert.Equal("to", await FieldAsync(new(null, "2026-03-15T08:00:00Z"), new(null, "2026-03-15T07:00:00Z")));
        Assert.Equal("filter", await FieldAsync(new(0, null), null, "action ~ 1"));
    }
}
