using Sluice.Delivery;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery.Replays;

/// <summary>Gaps that are sent after all.</summary>
public sealed class RefillTests
{
    [Fact]
    public async Task A_refill_sends_exactly_what_the_gap_has_for_the_destination_and_marks_it_when_it_is_through()
    {
        await using var its = await ReplaySetting.StartAsync(more: ""","event_types":["user.login"]""");
        var gap = await GapAsync(its);
        its.Destination.Answer = (_, isReplay) => isReplay ? ScriptedDestination.Outage : ScriptedDestination.Delivered;

        var replay = await its.RefillAsync(gap.Id);
        await StreamHarness.UntilNowAsync(() => its.Streams.Replay(replay).Standing.State.LastError is not null);
        Assert.Null(Assert.Single(its.Streams.Gaps(its.Id)).RefilledAt);
        its.Destination.Answer = (_, _) => ScriptedDestination.Delivered;
        var ended = await its.EndOfAsync(replay);

        Assert.Equal([.. ReplaySetting.Events(10, 13), .. ReplaySetting.Events(17, 19)], its.Destination.Replayed);
        Assert.Equal((ReplayStatus.Completed, 7, 7L), (ended.Standing.Status, ended.Standing.Sent, ended.Total));
        Assert.Equal(ended.Standing.EndedAt, Assert.Single(its.Streams.Gaps(its.Id)).RefilledAt);
        Assert.Equal(0, (await its.Streams.GetAsync(its.Id)).Gaps);
        Assert.Equal(22, its.Streams.Stand(its.Id).Cursor);
    }

    [Fact]
    public async Task A_gap_is_refilled_once_and_by_one_at_a_time()
    {
        await using var its = await ReplaySetting.StartAsync();
        var gap = await GapAsync(its);
        its.Destination.Answer = (_, isReplay) => isReplay ? ScriptedDestination.Outage : ScriptedDestination.Delivered;
        var replay = await its.RefillAsync(gap.Id);

        Assert.Equal("already_running", await CodeAsync(its, gap.Id));
        its.Destination.Answer = (_, _) => ScriptedDestination.Delivered;
        await its.EndOfAsync(replay);
        Assert.Equal("already_refilled", await CodeAsync(its, gap.Id));
    }

    [Fact]
    public async Task A_stopped_refill_leaves_the_gap_and_can_be_begun_again()
    {
        await using var its = await ReplaySetting.StartAsync();
        var gap = await GapAsync(its);
        its.Destination.Answer = (_, isReplay) => isReplay ? ScriptedDestination.Outage : ScriptedDestination.Delivered;
        var replay = await its.RefillAsync(gap.Id);
        await its.Streams.Replays.StopAsync(its.Id, replay.Order.Id, StreamHarness.Admin, default);

        Assert.Null(Assert.Single(its.Streams.Gaps(its.Id)).RefilledAt);
        its.Destination.Answer = (_, _) => ScriptedDestination.Delivered;
        await its.EndOfAsync(await its.RefillAsync(gap.Id));
        Assert.NotNull(Assert.Single(its.Streams.Gaps(its.Id)).RefilledAt);
    }

    [Fact]
    public async Task A_gap_that_is_still_open_is_refused()
    {
        await using var its = await ReplaySetting.StartAsync();
        await its.StreamAsync(10);
        await its.Streams.UpdateAsync(its.Id, """{"enabled":false}""");
        its.Streams.Ledger.AppendMany(5);

        Assert.Equal("gap_open", await CodeAsync(its, Assert.Single(its.Streams.Gaps(its.Id)).Id));
    }

    [Fact]
    public async Task Of_a_gap_that_is_partly_gone_the_rest_is_sent_and_what_is_gone_is_a_gap()
    {
        await using var its = await ReplaySetting.StartAsync();
        var gap = await GapAsync(its);
        its.Streams.Ledger.First = 15;

        var replay = await its.EndOfAsync(await its.RefillAsync(gap.Id));

        Assert.Equal(ReplaySetting.Events(15, 19), its.Destination.Replayed);
        Assert.Equal(15, replay.Standing.FirstAvailable);
        Assert.Equal(
            [(Gap.Disabled, 10L, 19L, true), (Gap.Retention, 10, 14, false)],
            its.Streams.Gaps(its.Id).OrderBy(one => one.Reason, StringComparer.Ordinal).Select(one => (one.Reason, one.First, one.Last!.Value, one.RefilledAt is not null)));
    }

    [Fact]
    public async Task A_gap_that_is_gone_is_refused()
    {
        await using var its = await ReplaySetting.StartAsync();
        var gap = await GapAsync(its);
        its.Streams.Ledger.First = 20;

        Assert.Equal("removed", await CodeAsync(its, gap.Id));
        Assert.Null(await its.Streams.Replays.RefillAsync(its.Id, "gap_x", StreamHarness.Admin, default));
    }

    /// <summary>Events 10 to 19, of which three have another type, were not streamed; then 20 to 22 were.</summary>
    private static async Task<Gap> GapAsync(ReplaySetting its)
    {
        await its.StreamAsync(10);
        await its.Streams.UpdateAsync(its.Id, """{"enabled":false}""");
        its.Streams.Ledger.AppendMany(4);
        its.Streams.Ledger.AppendMany(3, action: "key.create");
        its.Streams.Ledger.AppendMany(3);
        await its.Streams.UpdateAsync(its.Id, """{"enabled":true}""");
        await its.StreamAsync(3);
        return Assert.Single(its.Streams.Gaps(its.Id));
    }

    private static async Task<string> CodeAsync(ReplaySetting its, string gap) => (await Assert.ThrowsAsync<DestinationStateException>(() => its.RefillAsync(gap))).Code;
}
