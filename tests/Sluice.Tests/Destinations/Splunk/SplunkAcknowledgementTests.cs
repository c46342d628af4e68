using System.Text.RegularExpressions;
using Sluice.Destinations;
using Sluice.Emulators;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.Splunk;

/// <summary>With indexer acknowledgement the cursor waits for Splunk's <c>true</c>.</summary>
public sealed partial class SplunkAcknowledgementTests : IAsyncLifetime
{
    private readonly SplunkEmulator _splunk = new("t0ken") { Indexes = false };
    private Receiver _receiver = null!;
    private StreamHarness _streams = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _receiver.Answer = _splunk.Answer;
        _streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
    }

    public async ValueTask DisposeAsync()
    {
        await _streams.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task The_cursor_waits_until_what_was_taken_is_indexed()
    {
        var id = await CreateAsync();
        _streams.Ledger.AppendMany(3);
        await AskedAsync(2);
        Assert.Equal((-1L, StreamStatus.Active), (_streams.Stand(id).Cursor, _streams.Stand(id).State.Status));

        _splunk.Index();
        await _streams.UntilCursorAsync(id, 2);

        Assert.Single(_splunk.Taken);
        Assert.Equal("delivered", Assert.Single(_streams.Attempts(id)).Result);
        Assert.All(_receiver.Requests, request => Assert.True(Guid.TryParse(request.Headers["X-Splunk-Request-Channel"], out _)));
    }

    [Fact]
    public async Task Later_batches_follow_in_order_meanwhile_and_at_most_sixty_four_wait()
    {
        var id = await CreateAsync();
        for (var i = 0; i < 70; i++)
        {
            _streams.Ledger.AppendMany(1);
            var count = Math.Min(i + 1, 64);
            await StreamHarness.UntilNowAsync(() => _splunk.Taken.Count == count);
        }

        _splunk.Indexes = true;
        _splunk.Index();
        await _streams.UntilCursorAsync(id, 69);

        Assert.Equal(Enumerable.Range(0, 70), Sequences());
    }

    [Fact]
    public async Task What_is_not_indexed_within_five_minutes_is_sent_again_alone_until_it_is()
    {
        var id = await CreateAsync();
        _streams.Ledger.AppendMany(1);
        await StreamHarness.UntilNowAsync(() => _splunk.Taken.Count == 1);
        _streams.Ledger.AppendMany(1);
        await StreamHarness.UntilNowAsync(() => _splunk.Taken.Count == 2);
        var taken = _streams.Time.GetUtcNow();

        await _streams.UntilAsync(() => _splunk.Taken.Count == 3);
        Assert.InRange(_streams.Time.GetUtcNow() - taken, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5.5));
        Assert.Equal((StreamStatus.Degraded, ErrorClass.Timeout), (_streams.Stand(id).State.Status, _streams.Stand(id).State.LastError!.Class));
        _splunk.Indexes = true;
        _splunk.Index();
        await _streams.UntilCursorAsync(id, 1);

        // Both ran out of time; which of the two goes first is nobody's promise.
        Assert.Equal([0, 1], Sequences().Take(2));
        Assert.Equal([0, 1], Sequences().Skip(2).Order());
        Assert.Equal(StreamStatus.Active, _streams.Stand(id).State.Status);
    }

    [Fact]
    public async Task A_true_that_got_lost_on_its_way_costs_a_repetition_and_nothing_else()
    {
        var id = await CreateAsync();
        var left = 1;
        _receiver.Answer = request =>
        {
            var reply = _splunk.Answer(request);
            return request.Path.Contains("/ack") && left-- > 0 ? Reply.Reset : reply;
        };
        _splunk.Indexes = true;
        _streams.Ledger.AppendMany(1);

        await _streams.UntilCursorAsync(id, 0);

        Assert.Equal(2, _splunk.Taken.Count);
    }

    [Fact]
    public async Task A_restart_sends_what_was_not_acknowledged_again()
    {
        var id = await CreateAsync();
        _streams.Ledger.AppendMany(1);
        await StreamHarness.UntilNowAsync(() => _splunk.Taken.Count == 1);

        await _streams.RestartAsync();
        _splunk.Indexes = true;
        await _streams.UntilCursorAsync(id, 0);

        Assert.Equal(2, _splunk.Taken.Count);
        Assert.Equal(2, _receiver.Requests.Select(request => request.Headers["X-Splunk-Request-Channel"]).Distinct().Count());
    }

    [Fact]
    public async Task A_token_without_acknowledgement_is_not_waited_for()
    {
        _splunk.Acknowledges = false;
        var id = await CreateAsync();
        _streams.Ledger.AppendMany(1);

        await StreamHarness.UntilNowAsync(() => _streams.Stand(id).Cursor == 0);

        Assert.Single(_receiver.Requests);
    }

    [Fact]
    public async Task Acknowledgement_that_is_switched_off_meanwhile_has_what_waits_sent_again_and_is_not_waited_for_any_more()
    {
        var id = await CreateAsync();
        _streams.Ledger.AppendMany(1);
        await StreamHarness.UntilNowAsync(() => _splunk.Taken.Count == 1);
        _splunk.Acknowledges = false;

        await _streams.UntilCursorAsync(id, 0);

        Assert.Equal(2, _splunk.Taken.Count);
    }

    [Fact]
    public async Task Deleting_flushes_through_the_acknowledgement()
    {
        _splunk.Indexes = true;
        var id = await CreateAsync();
        _streams.Ledger.AppendMany(2);
        await _streams.Control.DeleteAsync(id, StreamHarness.Admin, default);

        // Splunk is asked every ten seconds; no other wait is cut short, for the flush has an end of its own.
        await Eventually.TrueAsync(() => _streams.Stand(id).State.Status == StreamStatus.Deleted, () => _streams.Time.AdvanceIfAsked(TimeSpan.FromSeconds(10)));

        Assert.Equal(0, _streams.Stored(id)!.State.Deletion!.Unsent!.Count);
    }

    [Fact]
    public async Task A_test_shows_the_health()
    {
        var id = await CreateAsync();
        _splunk.Health = """{"text":"HEC is unhealthy, queues are full","code":18}""";

        var result = await _streams.Control.TestAsync(id, StreamHarness.Admin, default);

        Assert.True(result!.Ok);
        Assert.Contains("\"ackId\":0", result.Answer);
        Assert.Contains("queues are full", result.Answer);
    }

    private Task AskedAsync(int times) => _streams.UntilAsync(() => _receiver.Requests.Count(request => request.Path.Contains("/ack")) >= times);

    private List<int> Sequences() => [.. _splunk.Taken.SelectMany(body => EventId().Matches(body).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)))];

    private async Task<string> CreateAsync() => (await _streams.CreateAsync(
        $$"""{"provider":"splunk","endpoint":"{{_receiver.Address}}","token":"t0ken","acknowledge":true,"start_from":"beginning"}""")).Definition.Id;

    [GeneratedRegex("\"id\":\"evt_(\\d+)\"")]
    private static partial Regex EventId();
}
