using System.Text.Json.Nodes;
using Sluice.Delivery;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

/// <summary>The statuses of the contract, with a clock that the test moves.</summary>
public sealed class StreamLifeTests
{
    private readonly ScriptedDestination _destination = new();

    [Fact]
    public async Task It_still_tries_a_minute_before_a_day_and_fails_at_the_day_with_the_exact_gap()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams);
        streams.Ledger.AppendMany(3);
        await streams.UntilCursorAsync(id, 2);
        _destination.Answer = _ => ScriptedDestination.Outage;
        streams.Ledger.AppendMany(4);
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).State.Status == StreamStatus.Degraded);
        var failingSince = streams.Time.GetUtcNow();

        await streams.UntilAsync(() => streams.Time.GetUtcNow() >= failingSince.AddHours(23).AddMinutes(50));
        streams.Time.Advance(failingSince.AddHours(23).AddMinutes(59) - streams.Time.GetUtcNow());
        Assert.Equal((StreamStatus.Degraded, 0), (streams.Stand(id).State.Status, streams.Gaps(id).Count));
        await streams.UntilAsync(() => streams.Stand(id).State.Status == StreamStatus.Failed);

        Assert.Equal(failingSince.AddHours(24), streams.Time.GetUtcNow());
        var gap = Assert.Single(streams.Gaps(id));
        Assert.Equal((Gap.Exhausted, 3, null, null), (gap.Reason, gap.First, gap.Last, gap.ClosedAt));
        Assert.InRange(_destination.Calls.Count, 285, 340);
    }

    [Fact]
    public async Task What_failed_counts_on_over_a_restart()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams);
        _destination.Answer = _ => ScriptedDestination.Outage;
        streams.Ledger.AppendMany(1);
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).State.Status == StreamStatus.Degraded);
        var failingSince = streams.Time.GetUtcNow();
        await streams.UntilAsync(() => streams.Time.GetUtcNow() >= failingSince.AddHours(20));

        await streams.RestartAsync();
        await streams.UntilAsync(() => streams.Stand(id).State.Status == StreamStatus.Failed);

        Assert.Equal(failingSince.AddHours(24), streams.Time.GetUtcNow());
    }

    [Fact]
    public async Task Neither_a_restart_nor_a_new_name_revives_what_has_failed()
    {
        await using var streams = await FailedAsync();
        var id = OnlyId(streams);
        var calls = _destination.Calls.Count;

        await streams.RestartAsync();
        await streams.UpdateAsync(id, """{"name":"renamed"}""");
        streams.Ledger.AppendMany(1);

        Assert.Equal((StreamStatus.Failed, calls), (streams.Stand(id).State.Status, _destination.Calls.Count));
        Assert.Equal("renamed", (await streams.GetAsync(id)).Definition.Stream.Name);
    }

    [Fact]
    public async Task An_update_revives_it_at_now_and_closes_the_gap()
    {
        await using var streams = await FailedAsync();
        var id = OnlyId(streams);

        var view = await streams.UpdateAsync(id, """{"enabled":true}""");
        streams.Ledger.AppendMany(1);
        await streams.UntilCursorAsync(id, 3);

        Assert.Equal((StreamStatus.Active, 2), (view.State.Status, view.Cursor));
        Assert.Equal(["evt_3"], _destination.Taken);
        await StreamHarness.UntilNowAsync(() => streams.Gaps(id).Single().Count is not null);
        var gap = streams.Gaps(id).Single();
        Assert.Equal((0, 2, 3), (gap.First, gap.Last, gap.Count));
        Assert.NotNull(gap.ClosedAt);
    }

    [Theory]
    [InlineData("now", "evt_3")]
    [InlineData("gap", "evt_0 evt_1 evt_2 evt_3")]
    public async Task A_resume_goes_on_where_its_user_says(string from, string taken)
    {
        await using var streams = await FailedAsync();
        var id = OnlyId(streams);

        var view = await streams.Control.ResumeAsync(id, from, StreamHarness.Admin, default);
        streams.Ledger.AppendMany(1);
        await streams.UntilCursorAsync(id, 3);

        Assert.Equal(StreamStatus.Active, view!.State.Status);
        Assert.Equal(taken, string.Join(' ', _destination.Taken));
        Assert.NotNull(streams.Gaps(id).Single().ClosedAt);
    }

    [Fact]
    public async Task A_resume_from_a_time_begins_with_the_first_event_since_then()
    {
        await using var streams = await FailedAsync();
        var id = OnlyId(streams);
        streams.Time.Advance(TimeSpan.FromHours(1));
        var time = streams.Time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ");
        streams.Ledger.AppendMany(2);

        await streams.Control.ResumeAsync(id, time, StreamHarness.Admin, default);
        await streams.UntilCursorAsync(id, 4);

        Assert.Equal(["evt_3", "evt_4"], _destination.Taken);
        Assert.Equal((0, 2), (streams.Gaps(id).Single().First, streams.Gaps(id).Single().Last!.Value));
    }

    [Fact]
    public async Task Only_what_has_failed_can_be_resumed()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams);

        var refusal = await Assert.ThrowsAsync<DestinationStateException>(async () => await streams.Control.ResumeAsync(id, "now", StreamHarness.Admin, default));

        Assert.Equal("not_failed", refusal.Code);
    }

    [Fact]
    public async Task What_happens_while_it_is_disabled_is_a_gap()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams, """{"provider":"scripted","tenant_id":"t1"}""");
        streams.Ledger.AppendMany(2);
        await streams.UntilCursorAsync(id, 1);

        await streams.UpdateAsync(id, """{"enabled":false}""");
        streams.Ledger.AppendMany(3);
        streams.Ledger.AppendMany(2, tenant: "t2");
        var open = streams.Gaps(id).Single();
        await streams.UpdateAsync(id, """{"enabled":true}""");
        streams.Ledger.AppendMany(1);
        await streams.UntilCursorAsync(id, 7);

        Assert.Equal((Gap.Disabled, 2, null), (open.Reason, open.First, open.Last));
        Assert.Equal(["evt_0", "evt_1", "evt_7"], _destination.Taken);
        await StreamHarness.UntilNowAsync(() => streams.Gaps(id).Single().Count is not null);
        Assert.Equal((2, 6, 3), (streams.Gaps(id).Single().First, streams.Gaps(id).Single().Last, streams.Gaps(id).Single().Count));
    }

    [Fact]
    public async Task Created_disabled_it_has_no_gap_and_begins_where_its_user_said()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        streams.Ledger.AppendMany(2);
        var id = await CreateAsync(streams, """{"provider":"scripted","enabled":false,"start_from":"beginning"}""");

        await streams.UpdateAsync(id, """{"enabled":true}""");
        await streams.UntilCursorAsync(id, 1);

        Assert.Equal(["evt_0", "evt_1"], _destination.Taken);
        Assert.Empty(streams.Gaps(id));
    }

    [Fact]
    public async Task Disabling_what_has_failed_ends_one_gap_where_the_next_begins()
    {
        await using var streams = await FailedAsync();
        var id = OnlyId(streams);

        await streams.UpdateAsync(id, """{"enabled":false}""");

        Assert.Equal([(Gap.Exhausted, 0L, 2L), (Gap.Disabled, 3L, null)], streams.Gaps(id).Select(gap => (gap.Reason, gap.First, gap.Last)));
    }

    [Fact]
    public async Task Deleting_flushes_what_was_accepted_before()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams);
        _destination.Answer = _ => ScriptedDestination.Outage;
        streams.Ledger.AppendMany(5);
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).State.Status == StreamStatus.Degraded);
        _destination.Answer = _ => ScriptedDestination.Delivered;

        var view = await streams.Control.DeleteAsync(id, StreamHarness.Admin, default);
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).State.Status == StreamStatus.Deleted);

        Assert.Equal(StreamStatus.Deleting, view!.State.Status);
        Assert.Equal(5, _destination.Taken.Count);
        var gone = await Assert.ThrowsAsync<DestinationGoneException>(() => streams.GetAsync(id));
        Assert.Equal(0, gone.Unsent.Count);
    }

    [Fact]
    public async Task Deleting_ends_after_thirty_seconds_and_tells_what_was_not_sent()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams);
        streams.Ledger.AppendMany(2);
        await streams.UntilCursorAsync(id, 1);
        _destination.Answer = _ => ScriptedDestination.Outage;
        streams.Ledger.AppendMany(5);
        await streams.Control.DeleteAsync(id, StreamHarness.Admin, default);
        var deletedAt = streams.Time.GetUtcNow();

        await streams.UntilAsync(() => streams.Stand(id).State.Status == StreamStatus.Deleted || streams.Time.GetUtcNow() > deletedAt.AddSeconds(25));
        streams.Time.Advance(deletedAt.AddSeconds(30) - streams.Time.GetUtcNow());
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).State.Status == StreamStatus.Deleted);

        var gone = await Assert.ThrowsAsync<DestinationGoneException>(() => streams.GetAsync(id));
        Assert.Equal(new Unsent(2, 6, 5), gone.Unsent);
        Assert.Empty(await streams.Views.ListAsync(StreamHarness.Admin, default));
    }

    [Fact]
    public async Task Deleting_goes_on_after_a_restart()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams);
        _destination.Answer = _ => ScriptedDestination.Outage;
        streams.Ledger.AppendMany(5);
        await streams.Control.DeleteAsync(id, StreamHarness.Admin, default);
        await StreamHarness.UntilNowAsync(() => _destination.Calls.Count > 0);
        _destination.Answer = _ => ScriptedDestination.Delivered;

        await streams.RestartAsync();
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).State.Status == StreamStatus.Deleted);

        Assert.Equal(5, _destination.Taken.Count);
    }

    [Fact]
    public async Task A_failed_one_is_deleted_at_once_and_forgotten_after_thirty_days()
    {
        await using var streams = await FailedAsync();
        var id = OnlyId(streams);

        await streams.Control.DeleteAsync(id, StreamHarness.Admin, default);
        var gone = await Assert.ThrowsAsync<DestinationGoneException>(() => streams.GetAsync(id));
        streams.Time.Advance(TimeSpan.FromDays(30) + TimeSpan.FromSeconds(1));

        Assert.Equal(new Unsent(0, 2, 3), gone.Unsent);
        Assert.Null(await streams.Views.GetAsync(id, StreamHarness.Admin, default));
        await streams.RestartAsync();
        Assert.Null(streams.Stored(id));
    }

    [Fact]
    public async Task Secrets_do_not_outlive_their_destination()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams, """{"provider":"scripted","token":"s3cret"}""");

        await streams.Control.DeleteAsync(id, StreamHarness.Admin, default);
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).State.Status == StreamStatus.Deleted);

        Assert.Empty(streams.Stored(id)!.Destination.Secrets);
    }

    [Fact]
    public async Task Deleting_the_last_one_leaves_nothing_to_do_and_adding_one_begins_again()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var ids = new[] { await CreateAsync(streams), await CreateAsync(streams) };
        streams.Ledger.AppendMany(1);
        foreach (var id in ids) await streams.UntilCursorAsync(id, 0);
        foreach (var id in ids) await streams.Control.DeleteAsync(id, StreamHarness.Admin, default);
        foreach (var id in ids) await streams.UntilAsync(() => streams.Stand(id).State.Status == StreamStatus.Deleted);

        streams.Ledger.AppendMany(3);

        Assert.Empty(await streams.Views.ListAsync(StreamHarness.Admin, default));
        await StreamHarness.UntilNowAsync(() => !streams.Time.TryAdvanceToNext(TimeSpan.FromSeconds(30)));
        Assert.Equal(2, _destination.Calls.Count);
        var another = await CreateAsync(streams);
        streams.Ledger.AppendMany(1);
        await streams.UntilCursorAsync(another, 4);
        Assert.Equal("evt_4", _destination.Taken[^1]);
    }

    private async Task<StreamHarness> FailedAsync()
    {
        var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams);
        _destination.Answer = _ => ScriptedDestination.Outage;
        streams.Ledger.AppendMany(3);
        await streams.UntilAsync(() => streams.Stand(id).State.Status == StreamStatus.Failed);
        _destination.Answer = _ => ScriptedDestination.Delivered;
        return streams;
    }

    private static string OnlyId(StreamHarness streams) => streams.AllStored().Single().Destination.Id;

    private static async Task<string> CreateAsync(StreamHarness streams, string json = """{"provider":"scripted"}""") =>
        (await streams.CreateAsync(json)).Definition.Id;
}
