using Sluice.Storage;
using Sluice.Streams;
using Sluice.Tests.Storage;

namespace Sluice.Tests.Streams;

public sealed class SqliteReplayStoreTests() : ReplayStoreTests(new SqliteConfiguration());

public sealed class PostgresReplayStoreTests() : ReplayStoreTests(new PostgresConfigurations());

public abstract class ReplayStoreTests(ConfigurationFixture fixture) : IAsyncLifetime
{
    private static readonly DestinationRow Row = new("dst_1", null, "SOC", "webhook", "{}", [], 5, 6, null);
    private static readonly StreamState State = StreamState.Created(5, enabled: true);
    private static readonly ReplayOrder Order = new("rpl_1", Row.Id, ReplaySource.Range, 10, 19, "outcome EQ \"denied\"", 50, 7);

    private StreamStore _streams = null!;
    private ReplayStore _store = null!;
    private ReplayStore _other = null!;
    private long _fence;

    public async ValueTask InitializeAsync()
    {
        var (one, two) = (await fixture.OpenAsync(), await fixture.OpenAsync());
        (_streams, _store, _other) = (new StreamStore(one), new ReplayStore(one), new ReplayStore(two));
        _fence = await _streams.CreateAsync(Row, 0, State, "a");
    }

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task A_replay_is_found_as_it_was_ordered_and_as_it_stands()
    {
        Assert.Equal(ReplayAdmission.Admitted, await _store.CreateAsync(Order, State with { Trusted = true }, null));
        var letters = Order with { Id = "rpl_2", Source = ReplaySource.DeadLetters, Sequences = [3, 5], Filter = null, EventsPerSecond = null };
        await _store.CreateAsync(letters, State, 2);

        var found = (await _other.FindAsync(Row.Id, "rpl_1"))!;
        Assert.Equal((Order, new ReplayStanding(ReplayStatus.Running, 9, 0, 0, State with { Trusted = true }), null, 0), (found.Order, found.Standing, found.Total, found.Fence));
        Assert.Equal((2L, "3 5"), ((await _other.FindAsync(Row.Id, "rpl_2"))!.Total, string.Join(' ', (await _other.FindAsync(Row.Id, "rpl_2"))!.Order.Sequences!)));
        Assert.Null(await _other.FindAsync("dst_2", "rpl_1"));
        Assert.Equal(["rpl_2", "rpl_1"], (await _other.OfAsync(Row.Id)).Select(replay => replay.Order.Id));
        Assert.Equal(new ReplayPlace("rpl_1", Row.Id, 0, null, Row.UpdatedAt, StreamStatus.Active), (await _other.RunningAsync())[0]);
    }

    [Fact]
    public async Task What_a_replay_leaves_behind_is_stored_with_its_standing()
    {
        await _streams.SaveAsync(new StreamChange(Row.Id, 9, State) { DeadLetters = [Letter(11), Letter(12), Letter(15)] }, _fence);
        await _store.CreateAsync(Order, State, null);
        var taken = (await _other.TakeAsync("rpl_1", "b"))!;
        var standing = taken.Standing with { Cursor = 15, Sent = 3, Refused = 2, FirstAvailable = 11, State = State.AttemptFailed(8, ErrorClass.Tls, "no") };

        Attempt[] attempts = [Attempt(1), Attempt(2)];
        await _other.SaveProgressAsync(new ReplayChange(Order, standing) { Attempts = attempts }, taken.Fence);
        await _other.SaveAsync(new ReplayChange(Order, standing) { Taken = [10, 11, 14], DeadLetters = [OfReplay(12), OfReplay(13)] }, taken.Fence);
        await _other.SaveTotalAsync("rpl_1", 10);

        var found = (await _store.FindAsync(Row.Id, "rpl_1"))!;
        Assert.Equal((standing, 10L, 2L), (found.Standing, found.Total, found.Attempts));
        Assert.Equal(attempts.Reverse(), await _store.AttemptsAsync("rpl_1"));
        Assert.Empty(await _streams.AttemptsAsync(Row.Id));
        Assert.Equal(
            [(12L, 9, "again", null), (13, 5, "again", "rpl_1"), (15, 4, "no", null)],
            (await _streams.DeadLettersAsync(Row.Id, -1, 10)).Select(letter => (letter.Sequence, letter.Attempts, letter.Reason, letter.ReplayId)));
        Assert.Equal([13L], (await _streams.DeadLettersAsync(Row.Id, -1, 10, "rpl_1")).Select(letter => letter.Sequence));
        Assert.Equal(OfReplay(13), await _streams.FindDeadLetterAsync(Row.Id, 13));
        Assert.Equal([12L, 13], await _store.DeadLettersAsync(Row.Id, 12, 14, 10));

        await _other.SaveAsync(new ReplayChange(Order, standing) { WithdrawFrom = 12 }, taken.Fence);
        Assert.Equal([12L, 15], await _store.DeadLettersAsync(Row.Id, 0, 99, 10));
    }

    [Fact]
    public async Task Of_dead_letters_only_those_that_are_there_are_refused_again()
    {
        await _streams.SaveAsync(new StreamChange(Row.Id, 9, State) { DeadLetters = [Letter(3)] }, _fence);
        var order = Order with { Source = ReplaySource.DeadLetters };
        await _store.CreateAsync(order, State, 2);
        var taken = (await _store.TakeAsync(order.Id, "a"))!;

        await _store.SaveAsync(new ReplayChange(order, taken.Standing) { DeadLetters = [OfReplay(3), OfReplay(4)] }, taken.Fence);

        Assert.Equal(Letter(3) with { Reason = "again", Attempts = 9 }, Assert.Single(await _streams.DeadLettersAsync(Row.Id, -1, 10)));
    }

    [Fact]
    public async Task A_completed_one_has_a_total_and_marks_its_gap()
    {
        var gap = Gap.Open(Gap.Disabled, 10, 7).Close(19, 8);
        await _streams.SaveAsync(new StreamChange(Row.Id, 9, State) { Gap = gap }, _fence);
        var order = Order with { Source = ReplaySource.Gap, GapId = gap.Id };
        await _store.CreateAsync(order, State, null);
        var taken = (await _store.TakeAsync(order.Id, "a"))!;

        await _store.SaveAsync(new ReplayChange(order, taken.Standing with { Status = ReplayStatus.Completed, Sent = 4, Refused = 1, EndedAt = 99 }), taken.Fence);

        Assert.Equal(gap with { RefilledAt = 99 }, Assert.Single(await _streams.GapsAsync(Row.Id)));
        Assert.Equal(5, (await _store.FindAsync(Row.Id, order.Id))!.Total);
        Assert.Empty(await _store.RunningAsync());
        Assert.Null(await _store.TakeAsync(order.Id, "b"));
    }

    [Fact]
    public async Task Whoever_lost_a_replay_or_was_stopped_writes_nothing_for_it_any_more()
    {
        await _store.CreateAsync(Order, State, null);
        var old = (await _store.TakeAsync("rpl_1", "a"))!;
        var taken = (await _other.TakeAsync("rpl_1", "b"))!;
        var change = new ReplayChange(Order, old.Standing with { Sent = 5 }) { DeadLetters = [OfReplay(12)] };

        await Assert.ThrowsAsync<StaleReplayException>(async () => await _store.SaveAsync(change, old.Fence));
        await Assert.ThrowsAsync<StaleReplayException>(async () => await _store.SaveProgressAsync(change, old.Fence));
        await _store.ReleaseAsync("rpl_1", old.Fence);
        Assert.Equal((taken.Fence, "b"), Assert.Single(await _store.RunningAsync()) is var place ? (place.Fence, place.Node) : default);
        await _store.StopAsync("rpl_1", "enough", 9);
        await Assert.ThrowsAsync<StaleReplayException>(async () => await _other.SaveProgressAsync(change, taken.Fence));
        await _store.StopAsync("rpl_1", "again", 10);

        var standing = (await _store.FindAsync(Row.Id, "rpl_1"))!.Standing;
        Assert.Equal((ReplayStatus.Stopped, "enough", 9L, 0), (standing.Status, standing.Reason, standing.EndedAt, standing.Sent));
        Assert.Empty(await _streams.DeadLettersAsync(Row.Id, -1, 10));
    }

    [Fact]
    public async Task A_few_run_at_once_and_of_those_that_have_ended_a_hundred_are_remembered()
    {
        var gap = Order with { Id = "rpl_g", Source = ReplaySource.Gap, GapId = "gap_1" };
        Assert.Equal(ReplayAdmission.Admitted, await _store.CreateAsync(gap, State, null));
        Assert.Equal(ReplayAdmission.RunsAlready, await _store.CreateAsync(gap with { Id = "rpl_h" }, State, null));
        Assert.Equal(ReplayAdmission.Admitted, await _store.CreateAsync(gap with { Id = "rpl_i", GapId = "gap_2" }, State, null));
        await _store.CreateAsync(Order, State, null);
        await _store.CreateAsync(Order with { Id = "rpl_2" }, State, null);
        Assert.Equal(ReplayAdmission.TooMany, await _store.CreateAsync(Order with { Id = "rpl_3" }, State, null));

        for (var i = 0; i < ReplayOrder.Remembered + 5; i++)
        {
            await _store.StopAsync("rpl_2", "", 9);
            await _store.StopAsync($"rpl_x{i - 1:000}", "", 9);
            await _store.CreateAsync(Order with { Id = $"rpl_x{i:000}" }, State, null);
        }

        var all = (await _store.OfAsync(Row.Id)).Select(replay => replay.Order.Id).ToList();
        Assert.Equal(ReplayOrder.Remembered + 4, all.Count);
        Assert.Equal(("rpl_x104", "rpl_x004"), (all[0], all.Where(id => id.StartsWith("rpl_x", StringComparison.Ordinal)).Last()));
    }

    [Fact]
    public async Task Replays_go_with_their_destination()
    {
        await _store.CreateAsync(Order, State, null);
        await _streams.SaveAsync(new StreamChange(Row.Id, 9, State) { Destination = Row with { DeletedAt = 9 } }, _fence);

        await _streams.PurgeAsync(10);

        Assert.Empty(await _store.OfAsync(Row.Id));
    }

    private static DeadLetter Letter(long sequence) => new(sequence, $"evt_{sequence}", "acme", "no", ErrorClass.Refused, 7, 4);

    private static Attempt Attempt(long number) => new(number, 5, 10, 11, 2, 300, 4, "try_later", "server", 503, "busy");

    private static DeadLetter OfReplay(long sequence) => Letter(sequence) with { Reason = "again", Attempts = 5, ReplayId = "rpl_1" };
}
