using Sluice.Delivery;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

/// <summary>What a stream reads, in which order, and where its cursor goes.</summary>
public sealed class StreamTests
{
    private readonly ScriptedDestination _destination = new();

    [Fact]
    public async Task A_retry_carries_the_same_events_and_the_same_key()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams, """{"provider":"scripted"}""");
        var left = 3;
        _destination.Answer = _ => left-- > 0 ? ScriptedDestination.Outage : ScriptedDestination.Delivered;
        streams.Ledger.AppendMany(1);
        await StreamHarness.UntilNowAsync(() => _destination.Calls.Count == 1);
        streams.Ledger.AppendMany(5);

        await streams.UntilCursorAsync(id, 5);

        Assert.Equal([$"{id}-0-0", $"{id}-0-0", $"{id}-0-0", $"{id}-0-0", $"{id}-1-5"], _destination.Keys);
    }

    [Fact]
    public async Task A_dead_destination_delays_no_other()
    {
        var healthy = new ScriptedDestination();
        var dead = DestinationKind.For<ScriptedSettings>("dead", new BatchLimits(10, 1_000), (_, _) => new DeadDestination());
        await using var streams = await StreamHarness.StartAsync([dead, healthy.Kind()]);
        await CreateAsync(streams, """{"provider":"dead"}""");
        var id = await CreateAsync(streams, """{"provider":"scripted"}""");

        streams.Ledger.AppendMany(1_000);
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).Cursor == 999);

        Assert.Equal(1_000, healthy.Taken.Count);
    }

    [Fact]
    public async Task Only_what_the_filter_lets_through_is_sent_and_the_cursor_passes_the_rest()
    {
        await using var streams = await StreamHarness.StartAsync(_destination, events: 7);
        var id = await CreateAsync(streams, """{"provider":"scripted","tenant_id":"t1","event_types":["user.*","certificate.issue"],"except_event_types":["user.logout"]}""");
        streams.Ledger.AppendMany(1, action: "user.login");
        streams.Ledger.AppendMany(1, action: "user.logout");
        streams.Ledger.AppendMany(1, action: "users.list");
        streams.Ledger.AppendMany(1, action: "certificate.issue");
        streams.Ledger.AppendMany(1, action: "certificate.issue.forced");
        streams.Ledger.AppendMany(1, tenant: "t2");
        streams.Ledger.AppendMany(30, tenant: "t2");

        await StreamHarness.UntilNowAsync(() => streams.Stand(id).Cursor == 35);

        Assert.Equal(["evt_0", "evt_3"], _destination.Taken);
    }

    [Fact]
    public async Task A_filter_in_the_filter_language_is_obeyed()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams, """{"provider":"scripted","filter":"action EQ \"user.delete\""}""");
        streams.Ledger.AppendMany(2);
        streams.Ledger.AppendMany(1, action: "user.delete");

        await StreamHarness.UntilNowAsync(() => streams.Stand(id).Cursor == 2);

        Assert.Equal(["evt_2"], _destination.Taken);
    }

    [Fact]
    public async Task A_cursor_that_only_passed_others_events_is_kept()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams, """{"provider":"scripted","tenant_id":"t1"}""");

        streams.Ledger.AppendMany(20_000, tenant: "t2");
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).Cursor == 19_999);

        Assert.InRange(streams.Stored(id)!.Cursor, 9_999, 19_999);
    }

    [Theory]
    [InlineData("now", 3)]
    [InlineData("beginning", 0)]
    [InlineData("2026-03-15T08:00:00Z", 0)]
    [InlineData("2026-03-15T09:00:00Z", 2)]
    [InlineData("2026-03-15T09:30:00Z", 3)]
    public async Task A_stream_begins_where_its_user_says(string from, int first)
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        streams.Ledger.AppendMany(2);
        streams.Time.Advance(TimeSpan.FromHours(1));
        streams.Ledger.AppendMany(1);

        var id = await CreateAsync(streams, $$"""{"provider":"scripted","start_from":"{{from}}"}""");
        streams.Ledger.AppendMany(1);
        await streams.UntilCursorAsync(id, 3);

        Assert.Equal(Enumerable.Range(first, 4 - first).Select(i => $"evt_{i}"), _destination.Taken);
    }

    [Fact]
    public async Task A_cursor_that_cannot_be_saved_stops_nothing()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams, """{"provider":"scripted"}""");
        await streams.Database.CannotWriteAsync(true);

        streams.Ledger.AppendMany(5);
        await StreamHarness.UntilNowAsync(() => streams.Logs.Text.Contains("Could not save cursor 4"));
        await streams.Database.CannotWriteAsync(false);
        streams.Ledger.AppendMany(1);
        await StreamHarness.UntilNowAsync(() => streams.Stored(id)!.Cursor == 5);

        Assert.Equal(6, _destination.Taken.Count);
    }

    [Fact]
    public async Task What_retention_dropped_unread_is_a_gap()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        streams.Ledger.AppendMany(10);
        var id = await CreateAsync(streams, """{"provider":"scripted","start_from":"beginning"}""");
        await streams.UntilCursorAsync(id, 9);
        _destination.Answer = _ => ScriptedDestination.Outage;
        streams.Ledger.AppendMany(10);
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).State.Status == StreamStatus.Degraded);
        streams.Ledger.First = 15;
        _destination.Answer = _ => ScriptedDestination.Delivered;

        await streams.UpdateAsync(id, """{"remark":"again"}""");
        await streams.UntilCursorAsync(id, 19);

        var gap = Assert.Single(streams.Gaps(id));
        Assert.Equal((Gap.Retention, 10, 14), (gap.Reason, gap.First, gap.Last));
    }

    [Fact]
    public async Task An_update_while_degraded_is_tried_at_once()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams, """{"provider":"scripted"}""");
        _destination.Answer = _ => ScriptedDestination.Outage;
        streams.Ledger.AppendMany(1);
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).State.Status == StreamStatus.Degraded);
        _destination.Answer = _ => ScriptedDestination.Delivered;

        await streams.UpdateAsync(id, """{"remark":"repaired"}""");
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).Cursor == 0);

        Assert.Equal(["evt_0"], _destination.Taken);
    }

    [Fact]
    public async Task An_exception_of_a_destination_is_an_outage_and_nothing_worse()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams, """{"provider":"scripted"}""");
        var left = 1;
        _destination.Answer = _ => left-- > 0 ? throw new InvalidOperationException("a bug") : ScriptedDestination.Delivered;
        streams.Ledger.AppendMany(1);

        await streams.UntilCursorAsync(id, 0);

        Assert.Equal(["evt_0"], _destination.Taken);
    }

    [Fact]
    public async Task How_far_it_is_behind_is_shown()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams, """{"provider":"scripted"}""");
        _destination.Answer = _ => ScriptedDestination.Outage;
        streams.Ledger.AppendMany(4);
        var accepted = Sluice.Events.Timestamp.Now(streams.Time);
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).State.Status == StreamStatus.Degraded);
        streams.Time.Advance(TimeSpan.FromSeconds(90));

        var lag = (await streams.GetAsync(id)).Lag;

        Assert.Equal((4, 90, accepted), (lag.Events, lag.Seconds, lag.OldestPendingAt));
    }

    private static async Task<string> CreateAsync(StreamHarness streams, string json) => (await streams.CreateAsync(json)).Definition.Id;

    private sealed class DeadDestination : IDestination
    {
        public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return ScriptedDestination.Delivered;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
