using System.Text;
using Sluice.Destinations;
using Sluice.Emulators;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.Otlp;

public sealed class OtlpDestinationTests : IAsyncLifetime
{
    private readonly HashSet<string> _rejected = [];
    private Receiver _receiver = null!;
    private StreamHarness _streams = null!;
    private OtlpCollector _collector = null!;

    public async ValueTask InitializeAsync()
    {
        _collector = new OtlpCollector(body => _rejected.Any(id => body.Contains($"\"id\":\"{id}\"", StringComparison.Ordinal)));
        _receiver = await Receiver.StartAsync();
        _receiver.Answer = _collector.Answer;
        _streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
    }

    public async ValueTask DisposeAsync()
    {
        await _streams.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_record_has_the_event_and_what_backends_search_by()
    {
        _streams.Ledger.Append(
            """{"id":"evt_0","timestamp":"2026-03-15T08:42:17.003000001Z","tenant_id":"t1","category":"access","action":"user.login","outcome":"denied","actor":{"type":"user","id":"u1"},"salt":"AAAAAAAAAAAAAAAAAAAAAA"}""");

        await SendAsync(0);

        var record = Assert.Single(OtlpCollector.Records(_receiver.Requests.Single().Body));
        Assert.Equal(("1773564137003000001", "1773561600000000000"), (record.GetProperty("timeUnixNano").GetString(), record.GetProperty("observedTimeUnixNano").GetString()));
        Assert.Equal((13, "WARN", "user.login"), (record.GetProperty("severityNumber").GetInt32(), record.GetProperty("severityText").GetString(), record.GetProperty("eventName").GetString()));
        Assert.Equal(
            """[{"key":"event.id","value":{"stringValue":"evt_0"}},{"key":"tenant.id","value":{"stringValue":"t1"}},{"key":"sluice.sequence","value":{"intValue":"0"}}]""",
            record.GetProperty("attributes").GetRawText());
    }

    [Fact]
    public async Task When_some_records_are_rejected_all_that_were_sent_with_them_are_set_aside_and_nothing_is_sent_twice()
    {
        _rejected.Add("evt_3");
        _streams.Ledger.AppendMany(5);

        var id = await SendAsync(4);

        Assert.Single(_receiver.Requests);
        Assert.Equal(4, _collector.Kept.Count);
        Assert.Equal([0, 1, 2, 3, 4], _streams.DeadLetters(id).Select(letter => letter.Sequence));
        Assert.All(_streams.DeadLetters(id), letter => Assert.Contains("of 5 log records sent together the receiver rejected 1 and does not say which: I do not like some.", letter.Reason));
        Assert.Equal(StreamStatus.Active, _streams.Stand(id).State.Status);
    }

    [Fact]
    public async Task A_batch_larger_than_an_outages_refusals_is_set_aside_all_the_same()
    {
        _rejected.Add("evt_70");
        _streams.Ledger.AppendMany(100);

        var id = await SendAsync(99);

        Assert.Equal((1, 100), (_receiver.Requests.Count, _streams.DeadLetters(id).Count));
    }

    [Fact]
    public async Task A_receiver_that_rejects_every_record_is_an_outage()
    {
        _rejected.UnionWith(Enumerable.Range(0, 50).Select(i => $"evt_{i}"));
        _streams.Ledger.AppendMany(50);
        var id = (await _streams.CreateAsync(Settings)).Definition.Id;

        await StreamHarness.UntilNowAsync(() => _streams.Stand(id).State.Status == StreamStatus.Degraded);

        Assert.Equal((ErrorClass.Refused, -1), (_streams.Stand(id).State.LastError!.Class, _streams.Stand(id).Cursor));
        Assert.Empty(_streams.DeadLetters(id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("[]")]
    [InlineData("""{"partialSuccess":{}}""")]
    [InlineData("""{"partialSuccess":{"rejectedLogRecords":0,"errorMessage":"this is only a warning"}}""")]
    [InlineData("""{"partialSuccess":{"rejectedLogRecords":"many"}}""")]
    public async Task A_success_that_rejects_nothing_is_a_delivery(string body)
    {
        _receiver.Answer = _ => new Reply(200, body);
        _streams.Ledger.AppendMany(3);

        var id = await SendAsync(2);

        Assert.Empty(_streams.DeadLetters(id));
    }

    [Fact]
    public async Task An_error_of_the_receiver_loses_nothing_although_the_specification_calls_it_permanent()
    {
        var left = 2;
        _receiver.Answer = request => left-- > 0 ? new Reply(500) : _collector.Answer(request);
        _streams.Ledger.AppendMany(3);

        var id = await SendAsync(2);

        Assert.Equal(3, _collector.Kept.Count);
        Assert.Empty(_streams.DeadLetters(id));
    }

    private string Settings => $$"""{"provider":"otlp","start_from":"beginning","endpoint":"{{_receiver.Address}}"}""";

    private async Task<string> SendAsync(long last)
    {
        var id = (await _streams.CreateAsync(Settings)).Definition.Id;
        await _streams.UntilCursorAsync(id, last);
        return id;
    }
}
