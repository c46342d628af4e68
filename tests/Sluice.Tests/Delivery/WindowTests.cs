using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

/// <summary>Streams whose users allow several batches on their way at once.</summary>
public sealed class WindowTests
{
    private readonly OverlappingDestination _destination = new();

    [Fact]
    public async Task So_many_batches_travel_at_once_and_no_more()
    {
        await using var streams = await StartAsync();
        streams.Ledger.AppendMany(20);
        var id = await CreateAsync(streams, inFlight: 3);
        await StreamHarness.UntilNowAsync(() => _destination.Pending.Count == 3);

        await AnswerAllAsync(streams, id, 19);

        Assert.Equal(3, _destination.MostAtOnce);
        Assert.Equal(Ids(0, 20), _destination.All.SelectMany(call => call.Ids).Order(Sequence));
    }

    [Fact]
    public async Task The_cursor_stays_before_the_oldest_unconfirmed_event()
    {
        await using var streams = await StartAsync();
        streams.Ledger.AppendMany(6);
        var id = await CreateAsync(streams, inFlight: 3);
        await StreamHarness.UntilNowAsync(() => _destination.Pending.Count == 3);

        Of(2).Answer(ScriptedDestination.Delivered);
        await StreamHarness.UntilNowAsync(() => streams.Attempts(id).Count == 1);
        Assert.Equal((-1L, -1L), (streams.Stand(id).Cursor, streams.Stored(id)!.Cursor));
        Of(0).Answer(ScriptedDestination.Delivered);
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).Cursor == 3);
        Of(4).Answer(ScriptedDestination.Delivered);

        await StreamHarness.UntilNowAsync(() => streams.Stored(id)!.Cursor == 5);
    }

    [Fact]
    public async Task A_restart_sends_again_what_was_confirmed_behind_an_unconfirmed_event()
    {
        await using var streams = await StartAsync();
        streams.Ledger.AppendMany(4);
        var id = await CreateAsync(streams, inFlight: 2);
        await StreamHarness.UntilNowAsync(() => _destination.Pending.Count == 2);
        Of(2).Answer(ScriptedDestination.Delivered);
        await StreamHarness.UntilNowAsync(() => streams.Attempts(id).Count == 1);

        await streams.RestartAsync();
        await AnswerAllAsync(streams, id, 3);

        Assert.Equal([1, 1, 2, 2], _destination.All.SelectMany(call => call.Ids).Where(evt => evt is "evt_0" or "evt_2").GroupBy(evt => evt).SelectMany(of => Enumerable.Range(1, of.Count())).Order());
    }

    [Fact]
    public async Task An_outage_of_one_batch_holds_back_new_ones_and_one_sending_finds_out_whether_it_is_over()
    {
        await using var streams = await StartAsync();
        streams.Ledger.AppendMany(12);
        var id = await CreateAsync(streams, inFlight: 3);
        await StreamHarness.UntilNowAsync(() => _destination.Pending.Count == 3);
        var failedAt = streams.Time.GetUtcNow();

        Of(2).Answer(ScriptedDestination.Outage);
        Of(0).Answer(ScriptedDestination.Outage);
        await StreamHarness.UntilNowAsync(() => streams.Attempts(id).Count == 2);
        Of(4).Answer(ScriptedDestination.Delivered);
        await StreamHarness.UntilNowAsync(() => streams.Attempts(id).Count == 3);
        Assert.Equal(StreamStatus.Degraded, streams.Stand(id).State.Status);
        await streams.UntilAsync(() => _destination.Pending.Count > 0);

        Assert.InRange(streams.Time.GetUtcNow() - failedAt, TimeSpan.FromSeconds(0.75), TimeSpan.FromSeconds(1.25));
        Assert.Equal("evt_0", Assert.Single(_destination.Pending).Ids[0]);
        Of(0).Answer(ScriptedDestination.Delivered);
        await StreamHarness.UntilNowAsync(() => _destination.Pending.Count > 1);
        Assert.Equal(StreamStatus.Active, streams.Stand(id).State.Status);
        await AnswerAllAsync(streams, id, 11);
    }

    [Fact]
    public async Task Nothing_that_is_delivered_beside_it_keeps_a_dead_batch_from_failing_after_a_day()
    {
        await using var streams = await StartAsync();
        streams.Ledger.AppendMany(40);
        var id = await CreateAsync(streams, inFlight: 4);
        await StreamHarness.UntilNowAsync(() => _destination.Pending.Count == 4);
        var failingSince = streams.Time.GetUtcNow();

        await streams.UntilAsync(() =>
        {
            foreach (var call in _destination.Pending) call.Answer(call.Ids[0] == "evt_0" ? ScriptedDestination.Outage : ScriptedDestination.Delivered);
            return streams.Stand(id).State.Status == StreamStatus.Failed;
        });

        Assert.Equal(failingSince.AddHours(24), streams.Time.GetUtcNow());
        Assert.Equal((Gap.Exhausted, 0L), (streams.Gaps(id).Single().Reason, streams.Gaps(id).Single().First));
    }

    [Fact]
    public async Task Twenty_refusals_in_a_row_take_the_cursor_before_the_lowest_of_them()
    {
        await using var streams = await StartAsync(events: 1);
        streams.Ledger.AppendMany(60);
        var id = await CreateAsync(streams, inFlight: 8);
        await StreamHarness.UntilNowAsync(() => _destination.Pending.Count == 8);
        Of(0).Answer(ScriptedDestination.Delivered);
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).Cursor == 0);

        await StreamHarness.UntilNowAsync(() =>
        {
            foreach (var call in _destination.Pending.Reverse()) call.Answer(ScriptedDestination.Refused);
            return streams.Stand(id).State.LastError is not null;
        });

        Assert.Equal((0L, ErrorClass.Refused), (streams.Stand(id).Cursor, streams.Stand(id).State.LastError!.Class));
        Assert.Empty(streams.DeadLetters(id));
        await AnswerAllAsync(streams, id, 59);
        Assert.Empty(streams.DeadLetters(id));
    }

    [Fact]
    public async Task A_slow_destination_holds_its_window_and_one_batch_more_and_a_dead_one_nothing()
    {
        await using var streams = await StartAsync(events: 10);
        streams.Ledger.AppendMany(1_000);
        var id = await CreateAsync(streams, inFlight: 3);
        await StreamHarness.UntilNowAsync(() => _destination.Pending.Count == 3 && streams.Ledger.EventsRead >= 40);

        var calls = 0;
        await streams.UntilAsync(() =>
        {
            foreach (var call in _destination.Pending)
            {
                calls++;
                call.Answer(ScriptedDestination.Outage);
            }

            return calls > 12;
        });

        // Each sending in a long outage reads its own batch again, and no other. (One event more: the answer to its creation looked at the oldest.)
        Assert.InRange(streams.Ledger.EventsRead, 40, 41 + (calls * 10));
        Assert.Equal(-1, streams.Stand(id).Cursor);
        await AnswerAllAsync(streams, id, 999);
    }

    [Fact]
    public async Task A_stream_that_waits_for_many_answers_ends_when_it_is_told_to()
    {
        await using var streams = await StartAsync();
        streams.Ledger.AppendMany(10);
        var id = await CreateAsync(streams, inFlight: 4);
        await StreamHarness.UntilNowAsync(() => _destination.Pending.Count == 4);

        var stopping = streams.StopStreamsAsync();
        Of(0).Answer(ScriptedDestination.Delivered);
        await stopping;

        Assert.Equal(1, streams.Stored(id)!.Cursor);
        Assert.Empty(_destination.Pending);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public async Task More_than_the_kind_allows_is_refused(int inFlight)
    {
        await using var streams = await StartAsync();

        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => CreateAsync(streams, inFlight));

        Assert.Equal(("invalid_value", "max_in_flight"), (refusal.Code, refusal.Field));
        Assert.Contains("1 to 16", refusal.Message);
    }

    private Task<StreamHarness> StartAsync(int events = 2) => StreamHarness.StartAsync([_destination.Kind(events)]);

    /// <summary>The call under way that begins with this event.</summary>
    private OverlappingDestination.Call Of(int first) => _destination.Pending.Last(call => call.Ids[0] == $"evt_{first}");

    private Task AnswerAllAsync(StreamHarness streams, string id, long cursor) => streams.UntilAsync(() =>
    {
        foreach (var call in _destination.Pending) call.Answer(ScriptedDestination.Delivered);
        return streams.Stand(id).Cursor == cursor;
    });

    private static async Task<string> CreateAsync(StreamHarness streams, int inFlight) =>
        (await streams.CreateAsync($$"""{"provider":"overlapping","start_from":"beginning","max_in_flight":{{inFlight}}}""")).Definition.Id;

    private static IEnumerable<string> Ids(int first, int count) => Enumerable.Range(first, count).Select(i => $"evt_{i}");

    private static Comparer<string> Sequence { get; } = Comparer<string>.Create((a, b) => Number(a).CompareTo(Number(b)));

    private static int Number(string id) => int.Parse(id[4..], System.Globalization.CultureInfo.InvariantCulture);
}
