using Sluice.Delivery;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

/// <summary>Whatever state a stream is in when retention overtakes it, what it never got is in a gap, and is there once.</summary>
public sealed class RetentionGapTests
{
    private readonly ScriptedDestination _destination = new();

    [Fact]
    public async Task A_batch_that_is_being_retried_is_still_delivered_and_what_is_gone_behind_it_is_a_gap()
    {
        await using var streams = await StreamHarness.StartAsync(_destination, events: 5);
        var id = await CreateAsync(streams);
        _destination.Answer = _ => ScriptedDestination.Outage;
        streams.Ledger.AppendMany(30);
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).State.Status == StreamStatus.Degraded);

        streams.Ledger.First = 22;
        _destination.Answer = _ => ScriptedDestination.Delivered;
        await streams.UntilCursorAsync(id, 29);

        var gap = Assert.Single(await streams.Store.GapsAsync(id));
        Assert.Equal((Gap.Retention, 22 - gap.First, 21), (gap.Reason, gap.Count, gap.Last));
        Assert.Equal(Sequences(0, gap.First).Concat(Sequences(22, 30)), _destination.Taken);
        Assert.Equal(StreamStatus.Active, streams.Stand(id).State.Status);
        Assert.Contains("Retention removed events", streams.Logs.Text);
    }

    [Fact]
    public async Task A_stream_with_a_filter_gets_its_gap_too()
    {
        await using var streams = await StreamHarness.StartAsync(_destination, events: 5);
        var id = await CreateAsync(streams, ""","event_types":["wanted"]""");
        _destination.Answer = _ => ScriptedDestination.Outage;
        streams.Ledger.AppendMany(1, action: "wanted");
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).State.Status == StreamStatus.Degraded);
        streams.Ledger.AppendMany(3_000);
        streams.Ledger.AppendMany(1, action: "wanted");

        streams.Ledger.First = 2_990;
        _destination.Answer = _ => ScriptedDestination.Delivered;
        await streams.UntilCursorAsync(id, 3_001);

        Assert.Equal(["evt_3001"], _destination.Taken);
        var gap = Assert.Single(await streams.Store.GapsAsync(id));
        Assert.Equal((Gap.Retention, 0, 2_989, 2_990), (gap.Reason, gap.First, gap.Last, gap.Count));
    }

    [Fact]
    public async Task Suspects_that_retention_took_are_in_the_gap_and_nowhere_else()
    {
        await using var streams = await StreamHarness.StartAsync(_destination, events: 1);
        streams.Ledger.AppendMany(20);
        _destination.Answer = ids =>
        {
            if (ids[0] == "evt_3") streams.Ledger.First = 15;
            return int.Parse(ids[0][4..], System.Globalization.CultureInfo.InvariantCulture) < 15 ? ScriptedDestination.Refused : ScriptedDestination.Delivered;
        };
        var id = await CreateAsync(streams, ""","start_from":"beginning" """);
        await streams.UntilCursorAsync(id, 19);

        var gap = Assert.Single(await streams.Store.GapsAsync(id));
        Assert.Equal((Gap.Retention, 0, 14, 15), (gap.Reason, gap.First, gap.Last, gap.Count));
        Assert.Empty(await streams.Store.DeadLettersAsync(id, -1, 100));
        Assert.Equal(Sequences(15, 20), _destination.Taken);
    }

    [Fact]
    public async Task The_gap_of_a_disabled_stream_counts_what_is_still_there()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams);
        streams.Ledger.AppendMany(10);
        await streams.UntilCursorAsync(id, 9);
        await streams.UpdateAsync(id, """{"enabled":false}""");
        streams.Ledger.AppendMany(10);

        streams.Ledger.First = 15;
        await streams.UpdateAsync(id, """{"enabled":true}""");
        await StreamHarness.UntilNowAsync(() => Assert.Single(streams.Gaps(id)).Count is not null);

        var gap = Assert.Single(await streams.Store.GapsAsync(id));
        Assert.Equal((Gap.Disabled, 10, 19, 5), (gap.Reason, gap.First, gap.Last, gap.Count));
    }

    [Fact]
    public async Task A_failed_stream_that_resumes_from_its_gap_says_what_was_gone()
    {
        await using var streams = await StreamHarness.StartAsync(_destination);
        var id = await CreateAsync(streams);
        _destination.Answer = _ => ScriptedDestination.Outage;
        streams.Ledger.AppendMany(20);
        await streams.UntilAsync(() => streams.Stand(id).State.Status == StreamStatus.Failed);
        Assert.Equal(20, (await streams.GetAsync(id)).Lag.Events);

        streams.Ledger.First = 15;
        Assert.Equal(5, (await streams.GetAsync(id)).Lag.Events);
        _destination.Answer = _ => ScriptedDestination.Delivered;
        await streams.Control.ResumeAsync(id, "gap", StreamHarness.Admin, default);
        await streams.UntilCursorAsync(id, 19);

        Assert.Equal(Sequences(15, 20), _destination.Taken);
        Assert.Equal(
            [(Gap.Exhausted, 0, 19, true), (Gap.Retention, 0, 14, false)],
            (await streams.Store.GapsAsync(id)).Select(gap => (gap.Reason, gap.First, gap.Last!.Value, gap.RefilledAt is not null)).OrderBy(gap => gap.Reason, StringComparer.Ordinal));
    }

    private static async Task<string> CreateAsync(StreamHarness streams, string more = "") =>
        (await streams.CreateAsync($$"""{"provider":"scripted"{{more}}}""")).Definition.Id;

    private static IEnumerable<string> Sequences(long from, long end) => Enumerable.Range((int)from, (int)(end - from)).Select(sequence => $"evt_{sequence}");
}
