using Sluice.Delivery;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

/// <summary>Kinds that write objects: a retry writes the same bytes to the same name, whatever happened in between.</summary>
public sealed class FrozenBatchTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly OverlappingDestination _destination = new();

    [Fact]
    public async Task A_batch_is_sent_again_as_it_was_after_a_restart()
    {
        await using var streams = await StartAsync();
        streams.Ledger.AppendMany(3);
        var id = await CreateAsync(streams);
        await StreamHarness.UntilNowAsync(() => _destination.Pending.Count == 1);
        Assert.Equal([(0L, 2L)], streams.Stored(id)!.State.Frozen!.Select(batch => (batch.First, batch.Through)));
        streams.Ledger.AppendMany(4);

        await streams.RestartAsync();
        await AnswerAllAsync(streams, id, 6);

        Assert.Equal([$"{id}-0-2", $"{id}-0-2", $"{id}-3-6"], _destination.All.Select(call => call.Key));
        Assert.Equal(_destination.All[0].Bodies, _destination.All[1].Bodies);
        Assert.Null(streams.Stored(id)!.State.Frozen);
    }

    [Fact]
    public async Task Batches_that_were_confirmed_behind_an_unconfirmed_one_are_not_written_again()
    {
        await using var streams = await StartAsync(events: 2);
        streams.Ledger.AppendMany(6);
        var id = await CreateAsync(streams, ""","max_in_flight":3""");
        await StreamHarness.UntilNowAsync(() => _destination.Pending.Count == 3);
        _destination.Pending.Single(call => call.Ids[0] == "evt_2").Answer(ScriptedDestination.Delivered);
        await StreamHarness.UntilNowAsync(() => streams.Attempts(id).Count == 1);

        await streams.RestartAsync();
        await AnswerAllAsync(streams, id, 5);

        Assert.Equal([$"{id}-0-1", $"{id}-0-1", $"{id}-2-3", $"{id}-4-5", $"{id}-4-5"], _destination.All.Select(call => call.Key).Order());
    }

    [Fact]
    public async Task Nor_are_they_when_nothing_unconfirmed_is_behind_them()
    {
        await using var streams = await StartAsync(events: 2);
        streams.Ledger.AppendMany(6);
        var id = await CreateAsync(streams, ""","max_in_flight":3""");
        await StreamHarness.UntilNowAsync(() => _destination.Pending.Count == 3);
        foreach (var call in _destination.Pending.Where(call => call.Ids[0] != "evt_0")) call.Answer(ScriptedDestination.Delivered);
        await StreamHarness.UntilNowAsync(() => streams.Attempts(id).Count == 2);

        await streams.RestartAsync();
        streams.Ledger.AppendMany(3);
        await AnswerAllAsync(streams, id, 8);

        Assert.Equal([$"{id}-0-1", $"{id}-0-1", $"{id}-2-3", $"{id}-4-5", $"{id}-6-7", $"{id}-8-8"], _destination.All.Select(call => call.Key).Order());
        Assert.Null(streams.Stored(id)!.State.Frozen);
    }

    [Fact]
    public async Task Parts_of_a_batch_that_was_too_large_are_frozen_in_turn()
    {
        await using var streams = await StartAsync();
        streams.Ledger.AppendMany(5);
        var id = await CreateAsync(streams);
        await StreamHarness.UntilNowAsync(() => _destination.Pending.Count == 1);
        _destination.Pending[0].Answer(new DeliveryResult.TooLarge());
        await StreamHarness.UntilNowAsync(() => _destination.All.Count == 2);
        _destination.Pending[0].Answer(ScriptedDestination.Delivered);
        await StreamHarness.UntilNowAsync(() => _destination.All.Count == 3);

        await streams.RestartAsync();
        streams.Ledger.AppendMany(1);
        await AnswerAllAsync(streams, id, 5);

        Assert.Equal([$"{id}-0-4", $"{id}-0-1", $"{id}-2-4", $"{id}-2-4", $"{id}-5-5"], _destination.All.Select(call => call.Key));
    }

    [Fact]
    public async Task What_the_filter_kept_back_stays_kept_back_and_the_batch_as_it_was()
    {
        await using var streams = await StartAsync();
        var id = await CreateAsync(streams, ""","event_types":["user.*"]""");
        streams.Ledger.AppendMany(2, action: "scan.run");
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).Cursor == 1);
        streams.Ledger.Append([.. Enumerable.Range(2, 4).Select(i => ScriptedLedger.Body(i, action: i % 2 == 0 ? "user.login" : "scan.run"))]);
        await StreamHarness.UntilNowAsync(() => _destination.Pending.Count == 1);

        await streams.RestartAsync();
        await AnswerAllAsync(streams, id, 5);

        Assert.Equal([$"{id}-2-4", $"{id}-2-4"], _destination.All.Select(call => call.Key));
    }

    [Fact]
    public async Task A_repaired_credential_keeps_the_batch_and_another_spelling_gives_it_another_name()
    {
        await using var streams = await StartAsync();
        streams.Ledger.AppendMany(3);
        var id = await CreateAsync(streams);
        await StreamHarness.UntilNowAsync(() => _destination.Pending.Count == 1);
        streams.Ledger.AppendMany(1);

        await UpdateAsync(streams, id, """{"token":"another","name":"renamed"}""");
        await StreamHarness.UntilNowAsync(() => _destination.All.Count == 2 && _destination.Pending.Count == 1);
        await UpdateAsync(streams, id, """{"remark":"what this kind makes its bytes of"}""");
        await StreamHarness.UntilNowAsync(() => _destination.All.Count == 3 && _destination.Pending.Count == 1);
        await UpdateAsync(streams, id, """{"event_types":["user.login"]}""");
        await StreamHarness.UntilNowAsync(() => _destination.All.Count == 4 && _destination.Pending.Count == 1);
        await streams.RestartAsync();
        await AnswerAllAsync(streams, id, 3);
        streams.Ledger.AppendMany(1);
        await AnswerAllAsync(streams, id, 4);

        Assert.Equal([$"{id}-0-2", $"{id}-0-2", $"{id}-0-3-1", $"{id}-0-3-2", $"{id}-0-3-2", $"{id}-4-4"], _destination.All.Select(call => call.Key));
    }

    [Fact]
    public async Task A_failed_stream_that_resumes_from_its_gap_begins_with_the_batch_that_it_could_not_write()
    {
        await using var streams = await StartAsync();
        streams.Ledger.AppendMany(2);
        var id = await CreateAsync(streams);
        await streams.UntilAsync(() =>
        {
            foreach (var call in _destination.Pending) call.Answer(ScriptedDestination.Outage);
            return streams.Stand(id).State.Status == Sluice.Streams.StreamStatus.Failed;
        });
        streams.Ledger.AppendMany(2);

        await streams.Control.ResumeAsync(id, "gap", StreamHarness.Admin, default);
        await AnswerAllAsync(streams, id, 3);

        Assert.Equal([$"{id}-0-1", $"{id}-2-3"], _destination.All.Select(call => call.Key).Distinct());
    }

    [Fact]
    public async Task Retention_takes_what_a_frozen_batch_had_and_tells()
    {
        await using var streams = await StartAsync();
        streams.Ledger.AppendMany(6);
        var id = await CreateAsync(streams);
        await StreamHarness.UntilNowAsync(() => _destination.Pending.Count == 1);
        await streams.StopStreamsAsync();
        streams.Ledger.First = 4;
        await streams.RestartAsync();

        await AnswerAllAsync(streams, id, 5);

        Assert.Equal(($"{id}-4-5", 0L, 3L), (_destination.All[^1].Key, streams.Gaps(id).Single().First, streams.Gaps(id).Single().Last!.Value));
    }

    [Fact]
    public async Task A_quiet_stream_waits_for_more_events_and_no_longer_than_it_may()
    {
        await using var streams = await StreamHarness.StartAsync([_destination.Kind(events: 5, freezes: true, fill: Minute)]);
        var id = await CreateAsync(streams);
        streams.Ledger.AppendMany(1);
        var began = streams.Time.GetUtcNow();
        await StreamHarness.UntilNowAsync(() => streams.Ledger.EventsRead == 1);
        streams.Time.Advance(TimeSpan.FromSeconds(40));
        streams.Ledger.AppendMany(2);
        await StreamHarness.UntilNowAsync(() => streams.Ledger.EventsRead == 3);
        Assert.Empty(_destination.All);

        await AnswerAllAsync(streams, id, 2);

        Assert.Equal(Minute, streams.Time.GetUtcNow() - began);
        Assert.Equal(3, Assert.Single(_destination.All).Ids.Length);
        streams.Ledger.AppendMany(5);
        await StreamHarness.UntilNowAsync(() => _destination.Pending.Count == 1);
        Assert.Equal(Minute, streams.Time.GetUtcNow() - began);
    }

    [Fact]
    public async Task Deleting_waits_for_no_more_events()
    {
        await using var streams = await StreamHarness.StartAsync([_destination.Kind(events: 5, freezes: true, fill: Minute)]);
        var id = await CreateAsync(streams);
        streams.Ledger.AppendMany(1);
        await StreamHarness.UntilNowAsync(() => streams.Ledger.EventsRead == 1);

        await streams.Control.DeleteAsync(id, StreamHarness.Admin, default);

        await StreamHarness.UntilNowAsync(() => _destination.Pending.Count == 1);
    }

    private Task<StreamHarness> StartAsync(int events = 10) => StreamHarness.StartAsync([_destination.Kind(events, freezes: true)]);

    /// <summary>The call that is under way is broken off after its grace, for which time must pass.</summary>
    private static async Task UpdateAsync(StreamHarness streams, string id, string json)
    {
        var updating = streams.UpdateAsync(id, json);
        await streams.UntilAsync(() => updating.IsCompleted);
        await updating;
    }

    private Task AnswerAllAsync(StreamHarness streams, string id, long cursor) => streams.UntilAsync(() =>
    {
        foreach (var call in _destination.Pending) call.Answer(ScriptedDestination.Delivered);
        return streams.Stand(id).Cursor == cursor;
    });

    private static async Task<string> CreateAsync(StreamHarness streams, string more = "") =>
        (await streams.CreateAsync($$"""{"provider":"overlapping","start_from":"beginning"{{more}}}""")).Definition.Id;
}
