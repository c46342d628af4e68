using System.Text;
using System.Text.Json;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Destinations;
using Sluice.Destinations.Elastic;
using Sluice.Destinations.Http;
using Sluice.Emulators;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.Elastic;

public sealed class ElasticDestinationTests : IAsyncLifetime
{
    private readonly ElasticEmulator _elastic = new("ApiKey ZW5jb2RlZA==");
    private Receiver _receiver = null!;
    private StreamHarness _streams = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _receiver.Answer = _elastic.Answer;
        _streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
    }

    public async ValueTask DisposeAsync()
    {
        await _streams.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_document_is_the_event_with_its_time()
    {
        _streams.Ledger.AppendMany(1);
        await UntilSentAsync(await CreateAsync(""));

        var request = _receiver.Requests.Single();
        var lines = Encoding.UTF8.GetString(request.Body).Split('\n');
        Assert.Equal("/sluice-audit/_bulk?filter_path=errors,items.*.status,items.*.failure_store,items.*.error.type,items.*.error.reason", request.Path);
        Assert.Equal(("application/x-ndjson", 3, ""), (request.Headers["Content-Type"], lines.Length, lines[2]));
        Assert.Equal("""{"create":{"_id":"t1:evt_0"}}""", lines[0]);
        Assert.StartsWith("""{"@timestamp":"2026-03-15T08:42:17.003000000Z","id":"evt_0","timestamp":""", lines[1]);
    }

    [Fact]
    public async Task Two_tenants_may_use_one_id()
    {
        _streams.Ledger.Append(ScriptedLedger.Body(7, "t1"), ScriptedLedger.Body(7, "t2"));
        await UntilSentAsync(await CreateAsync(""));

        Assert.Equal(["t1:evt_7", "t2:evt_7"], _elastic.Documents.Keys.Select(key => key.Id).Order());
    }

    [Fact]
    public async Task Events_of_a_tenants_own_destination_keep_their_ids()
    {
        _streams.Ledger.AppendMany(2);
        await UntilSentAsync(await CreateAsync(",\"tenant_id\":\"t1\""));

        Assert.Equal([("sluice-audit", "evt_0"), ("sluice-audit", "evt_1")], _elastic.Documents.Keys);
    }

    [Fact]
    public async Task Each_item_of_an_answer_is_read()
    {
        var busy = true;
        _elastic.Judge = document => document.GetProperty("sequence").GetInt32() switch
        {
            2 => new ElasticItem(400, "document_parsing_exception", "failed to parse field [metadata.days] of type [long]"),
            3 when busy => new ElasticItem(429, "es_rejected_execution_exception", "rejected execution"),
            _ => null,
        };
        _streams.Ledger.AppendMany(5);
        var id = await CreateAsync("");
        await StreamHarness.UntilNowAsync(() => _streams.Stand(id).State.Status == StreamStatus.Degraded);
        var (degraded, before) = (_streams.Stand(id), _elastic.Documents.Count);
        busy = false;

        await UntilSentAsync(id);

        Assert.Equal((ErrorClass.Throttled, -1, 3), (degraded.State.LastError!.Class, degraded.Cursor, before));
        Assert.Equal(["t1:evt_0", "t1:evt_1", "t1:evt_3", "t1:evt_4"], _elastic.Documents.Keys.Select(key => key.Id).Order());
        var letter = Assert.Single(_streams.DeadLetters(id));
        Assert.Equal((2, "It answered 400: document_parsing_exception: failed to parse field [metadata.days] of type [long]"), (letter.Sequence, letter.Reason));
    }

    [Fact]
    public async Task A_lost_answer_doubles_nothing()
    {
        var left = 1;
        _receiver.Answer = request => _elastic.Answer(request) is var reply && left-- > 0 ? Reply.Reset : reply;
        _streams.Ledger.AppendMany(100);
        var id = await CreateAsync("");

        await UntilSentAsync(id);

        Assert.Equal((100, 2), (_elastic.Documents.Count, _receiver.Requests.Count));
        Assert.Empty(_streams.DeadLetters(id));
    }

    [Fact]
    public async Task A_pipeline_that_is_not_there_is_an_outage_and_no_fault_of_events()
    {
        _streams.Ledger.AppendMany(3);
        _elastic.Pipelines.Add("audit in");
        var id = await CreateAsync(",\"pipeline\":\"audit in\",\"index\":\"logs-audit-prod\"");
        await UntilSentAsync(id);
        _elastic.Pipelines.Clear();
        _streams.Ledger.AppendMany(3);
        await StreamHarness.UntilNowAsync(() => _streams.Stand(id).State.Status == StreamStatus.Degraded);
        var error = _streams.Stand(id).State.LastError!.Class;
        _elastic.Pipelines.Add("audit in");

        await UntilSentAsync(id);

        Assert.Equal((ErrorClass.NotFound, 6), (error, _elastic.Documents.Count));
        Assert.Empty(_streams.DeadLetters(id));
        Assert.All(_elastic.Documents.Keys, key => Assert.Equal("logs-audit-prod", key.Index));
    }

    [Fact]
    public async Task An_answer_with_a_thousand_reasons_is_read_whole()
    {
        _elastic.Judge = document => document.GetProperty("sequence").GetInt32() % 2 == 0 ? new ElasticItem(400, "document_parsing_exception", new string('x', 400)) : null;
        _streams.Ledger.AppendMany(1_000);
        var id = await CreateAsync("");

        await UntilSentAsync(id);

        Assert.Equal((500, 500), (_elastic.Documents.Count, _streams.DeadLetters(id).Count));
    }

    [Fact]
    public async Task What_went_into_the_failure_store_is_delivered_and_told()
    {
        _receiver.Answer = _ => new Reply(200, """{"errors":false,"items":[{"create":{"status":201,"failure_store":"not_applicable_or_unknown"}},{"create":{"status":201,"failure_store":"used"}}]}""");
        _streams.Ledger.AppendMany(2);
        var id = await CreateAsync("");

        await UntilSentAsync(id);

        Assert.StartsWith("Elasticsearch put 1 of these events into the failure store", Assert.Single(_streams.Attempts(id)).Message);
    }

    [Theory]
    [InlineData("\"token\":\"ZW5jb2RlZA==\"", "ApiKey ZW5jb2RlZA==")]
    [InlineData("\"token\":\"id:s3cret\"", "ApiKey aWQ6czNjcmV0")]
    [InlineData("\"username\":\"ada\",\"password\":\"s3cret\"", "Basic YWRhOnMzY3JldA==")]
    public async Task Every_sort_of_credentials_is_sent_as_it_should_be_and_shown_nowhere(string credentials, string header)
    {
        var id = (await _streams.CreateAsync($$"""{"provider":"elastic","endpoint":"{{_receiver.Address}}",{{credentials}}}""")).Definition.Id;
        _receiver.Answer = request => new Reply(403, $"{request.Headers["Authorization"]} may not");

        var test = await _streams.Control.TestAsync(id, StreamHarness.Admin, default);

        Assert.Equal(header, _receiver.Requests.Single().Headers["Authorization"]);
        Assert.Equal((false, ErrorClass.Auth, $"{header.Split(' ')[0]} *** may not"), (test!.Ok, test.Class, test.Answer));
    }

    [Theory]
    [InlineData("token", "")]
    [InlineData("username", "\"token\":\"t\",\"username\":\"u\",\"password\":\"p\"")]
    [InlineData("password", "\"username\":\"u\"")]
    [InlineData("username", "\"password\":\"p\"")]
    [InlineData("index", "\"token\":\"t\",\"index\":\"Upper\"")]
    [InlineData("index", "\"token\":\"t\",\"index\":\"a/b\"")]
    [InlineData("index", "\"token\":\"t\",\"index\":\"_all\"")]
    [InlineData("pipeline", "\"token\":\"t\",\"pipeline\":\"\"")]
    public async Task What_cannot_work_is_refused_by_name(string field, string members)
    {
        var separator = members.Length > 0 ? "," : "";

        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => _streams.CreateAsync($$"""{"provider":"elastic","endpoint":"https://es.example.com"{{separator}}{{members}}}"""));

        Assert.Equal(field, refusal.Field);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"items":[{"create":{"status":201}}]}""")]
    [InlineData("""{"items":[{"create":{"status":201}},{}]}""")]
    [InlineData("""{"items":[{"create":{"status":201}},{"create":{}}]}""")]
    [InlineData("""{"items":[{"create":{"status":201}},{"create":7}]}""")]
    public void An_answer_that_does_not_name_every_event_confirms_none(string text) =>
        Assert.Equal(ErrorClass.Server, Assert.IsType<DeliveryResult.TryLater>(ElasticAnswer.Read(new HttpAnswer(200, text, null, 0), 2)).Class);

    [Theory]
    [InlineData(201, "", "delivered")]
    [InlineData(200, "", "delivered")]
    [InlineData(409, "version_conflict_engine_exception", "delivered")]
    [InlineData(429, "es_rejected_execution_exception", "throttled")]
    [InlineData(503, "unavailable_shards_exception", "server")]
    [InlineData(403, "cluster_block_exception", "server")]
    [InlineData(403, "security_exception", "auth")]
    [InlineData(404, "index_not_found_exception", "not_found")]
    [InlineData(400, "index_closed_exception", "not_found")]
    [InlineData(400, "mapper_parsing_exception", "refused")]
    [InlineData(400, "strict_dynamic_mapping_exception", "refused")]
    public void An_item_is_taken_refused_or_to_come_later(int status, string error, string outcome)
    {
        var text = JsonSerializer.Serialize(new { errors = true, items = new[] { new { create = new { status, error = new { type = error, reason = "why" } } } } });

        Assert.Equal(outcome, ElasticAnswer.Read(new HttpAnswer(200, text, null, 0), 1) switch
        {
            DeliveryResult.Delivered => "delivered",
            DeliveryResult.TryLater later => later.Class.Name(),
            _ => "refused",
        });
    }

    private Task UntilSentAsync(string id) => _streams.UntilCursorAsync(id, _streams.Ledger.Size - 1);

    private async Task<string> CreateAsync(string members) =>
        (await _streams.CreateAsync($$"""{"provider":"elastic","start_from":"beginning","token":"ZW5jb2RlZA==","endpoint":"{{_receiver.Address}}"{{members}}}""")).Definition.Id;
}
