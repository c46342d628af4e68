using System.Text;
using System.Text.Json;
using Sluice.Destinations;
using Sluice.Emulators;
using Sluice.Emulators.Gcs;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.Gcs;

public sealed class GcsDestinationTests : IAsyncLifetime
{
    private Receiver _receiver = null!;
    private StreamHarness _streams = null!;
    private GoogleTokens _tokens = null!;
    private GcsEmulator _store = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
        _tokens = ServiceAccount.Tokens(now: _streams.Time.GetUtcNow);
        Use(deniesReplacing: false);
    }

    public async ValueTask DisposeAsync()
    {
        await _streams.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Rows_have_the_usual_columns_and_no_payload()
    {
        _streams.Ledger.Append(Body(0, "user.human.added"), Body(1, "instance.domain.added"));
        var id = await CreateAsync();

        await _streams.UntilCursorAsync(id, 1);

        var row = Rows()[0];
        Assert.Equal(["aggregate_id", "aggregate_type", "created_at", "event_type", "instance_id", "owner", "sequence"], row.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal("""["26553987123463875","user","2023-12-25T10:01:45.600913Z","user.human.added","123456789012345667",0]""", JsonSerializer.Serialize(new object?[]
        {
            row.GetProperty("aggregate_id"), row.GetProperty("aggregate_type"), row.GetProperty("created_at"), row.GetProperty("event_type"), row.GetProperty("instance_id"), row.GetProperty("sequence"),
        }));
        Assert.All(_store.Objects.Values, stored => Assert.DoesNotContain("planted", Encoding.UTF8.GetString(stored.Bytes), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Payloads_are_there_for_the_listed_types_and_null_for_the_others()
    {
        _streams.Ledger.Append(Body(0, "user.human.added"), Body(1, "instance.domain.added"), Body(2, "org.a.b"));
        var id = await CreateAsync("""
            "payload_for":["instance.domain.added","org.*"]
            """);

        await _streams.UntilCursorAsync(id, 2);

        Assert.Equal(["null", """{"phone":"planted"}""", """{"phone":"planted"}"""], Rows().Select(row => row.GetProperty("payload").GetRawText()));
    }

    [Fact]
    public async Task An_object_is_lines_and_a_marker_follows_it()
    {
        _streams.Ledger.Append(Body(0), Body(1));
        var id = await CreateAsync("""
            "prefix":"events"
            """);

        await _streams.UntilCursorAsync(id, 1);

        var (data, marker) = (_store.Objects.Keys.First(), _store.Objects.Keys.Last());
        Assert.Matches("^events/2026-03-15/202603150800000000000000000000000-[0-9a-f]{16}-1-1-00000001-events2-1\\.ndjson$", data);
        Assert.Equal("events/2026-03-15/202603150800000000000000000000001.RESOLVED", marker);
        Assert.Equal("""{"resolved":"1773561600000000000.0000000001"}""", Encoding.UTF8.GetString(_store.Objects[marker].Bytes));
        Assert.Equal("application/x-ndjson", _store.Objects[data].ContentType);
        Assert.EndsWith("}\n", Encoding.UTF8.GetString(_store.Objects[data].Bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flat", "^[0-9]{33}[-.]")]
    [InlineData("daily", "^20[0-9]{2}-[0-9]{2}-[0-9]{2}/[0-9]{33}[-.]")]
    [InlineData("hourly", "^20[0-9]{2}-[0-9]{2}-[0-9]{2}/[0-9]{2}/[0-9]{33}[-.]")]
    public async Task Names_sort_in_time_order_and_markers_behind_what_they_speak_of(string format, string pattern)
    {
        var id = await CreateAsync($"""
            "partition_format":"{format}"
            """);
        for (var i = 0; i < 10; i++)
        {
            _streams.Ledger.Append(Body(i));
            await _streams.UntilCursorAsync(id, i);
            if (i % 2 == 0) _streams.Time.Advance(TimeSpan.FromHours(13));
        }

        Assert.All(_store.Objects.Keys, name => Assert.Matches(pattern, name));
        Assert.Equal(Enumerable.Range(0, 10), Rows().Select(row => row.GetProperty("sequence").GetInt32()));
        var seen = -1;
        foreach (var (name, stored) in _store.Objects)
        {
            if (!name.EndsWith(".RESOLVED", StringComparison.Ordinal)) seen = Row(stored).Last().GetProperty("sequence").GetInt32();
            else Assert.EndsWith($".{seen:D10}\"}}", Encoding.UTF8.GetString(stored.Bytes), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_lost_answer_and_412_for_the_same_batch_is_delivered()
    {
        _streams.Ledger.Append(Body(0), Body(1));
        Lose(attempts: 1);
        var id = await CreateAsync();

        await _streams.UntilCursorAsync(id, 1);

        Assert.Single(DataNames());
        Assert.Contains(_receiver.Exchanges, exchange => exchange.Reply.Status == 412);
        Assert.Equal(2, Rows().Count);
    }

    [Fact]
    public async Task A_403_after_an_attempt_of_unknown_end_writes_the_same_bytes_to_a_second_name()
    {
        Use(deniesReplacing: true);
        _streams.Ledger.Append(Body(0));
        var id = await CreateAsync();
        await _streams.UntilCursorAsync(id, 0);
        _streams.Ledger.Append(Body(1), Body(2));
        Lose(attempts: 1);

        await _streams.UntilCursorAsync(id, 2);

        var names = DataNames().Skip(1).ToList();
        Assert.Equal([names[0], $"{names[0]}-r1"], names);
        Assert.Equal(_store.Objects[names[0]].Bytes, _store.Objects[names[1]].Bytes);
    }

    [Fact]
    public async Task A_403_after_a_restart_writes_to_a_second_name_too()
    {
        Use(deniesReplacing: true);
        _streams.Ledger.Append(Body(0), Body(1));
        var isFirst = true;
        _receiver.Answer = request => GcsEmulator.NameOf(request) is null || HasRestarted() ? _store.Answer(request) : Interlocked.Exchange(ref isFirst, false) ? _store.StoreAndReset(request) : Reply.Reset;
        var id = await CreateAsync();
        await StreamHarness.UntilNowAsync(() => _streams.Stand(id).State.Status == StreamStatus.Degraded);
        await _streams.RestartAsync();

        await _streams.UntilCursorAsync(id, 1);

        Assert.Equal(["", "-r1"], DataNames().Select(name => name[(name.IndexOf(".ndjson", StringComparison.Ordinal) + 7)..]));

        // A process asks for a token of its own.
        bool HasRestarted() => _tokens.Given > 1;
    }

    [Fact]
    public async Task A_403_for_the_second_name_is_an_outage_and_the_attempt_after_it_takes_a_third()
    {
        Use(deniesReplacing: true);
        _streams.Ledger.Append(Body(0));
        var id = await CreateAsync();
        await _streams.UntilCursorAsync(id, 0);
        _streams.Ledger.Append(Body(1));
        var left = 2;
        _receiver.Answer = request => _store.Answer(request) is var reply && reply.IsSuccess && GcsEmulator.NameOf(request) is not null && left-- > 0 ? Reply.Reset : reply;

        await _streams.UntilCursorAsync(id, 1);

        Assert.Equal(["", "-r1", "-r2"], DataNames().Skip(1).Select(name => name[(name.IndexOf(".ndjson", StringComparison.Ordinal) + 7)..]));
        Assert.Equal(["delivered", "try_later", "try_later", "try_later"], _streams.Attempts(id).Take(4).Select(attempt => attempt.Result));
    }

    [Fact]
    public async Task Without_the_permission_nothing_is_ever_taken_for_delivered()
    {
        _store.DeniesAll = true;
        _streams.Ledger.Append(Body(0), Body(1));
        Lose(attempts: 2);
        var id = await CreateAsync();

        await _streams.UntilAsync(() => _streams.Attempts(id).Count(attempt => attempt.HttpStatus == 403) > 5);

        Assert.Equal((StreamStatus.Degraded, ErrorClass.Auth, -1), (_streams.Stand(id).State.Status, _streams.Stand(id).State.LastError!.Class, _streams.Stand(id).Cursor));
        Assert.Empty(_store.Objects);
    }

    [Fact]
    public async Task A_403_at_the_first_attempt_is_an_outage_and_writes_no_second_name()
    {
        _streams.Ledger.Append(Body(0));
        var id = await CreateAsync();
        await _streams.UntilCursorAsync(id, 0);
        _store.DeniesAll = true;
        _streams.Ledger.Append(Body(1));

        await _streams.UntilAsync(() => _streams.Attempts(id).Count(attempt => attempt.HttpStatus == 403) > 2);
        _store.DeniesAll = false;
        await _streams.UntilCursorAsync(id, 1);

        Assert.DoesNotContain(_receiver.Requests, request => request.Path.Contains("-r1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_marker_that_fails_is_written_before_the_cursor_moves_and_the_object_only_once()
    {
        _streams.Ledger.Append(Body(0));
        var left = 2;
        _receiver.Answer = request => request.Path.Contains(".RESOLVED", StringComparison.Ordinal) && left-- > 0 ? new Reply(503) : _store.Answer(request);
        var id = await CreateAsync();

        await _streams.UntilCursorAsync(id, 0);

        Assert.Equal(2, _store.Objects.Count);
        Assert.Single(_receiver.Requests, request => GcsEmulator.NameOf(request)?.EndsWith(".ndjson", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Tokens_are_kept_and_renewed_before_they_end()
    {
        var id = await CreateAsync();
        for (var i = 0; i < 9; i++)
        {
            _streams.Ledger.Append(Body(i));
            await _streams.UntilCursorAsync(id, i);
            _streams.Time.Advance(TimeSpan.FromMinutes(20));
        }

        Assert.Equal(3, _tokens.Given);
        Assert.DoesNotContain(_receiver.Exchanges, exchange => exchange.Reply.Status == 401);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_replaced_at_once()
    {
        var id = await CreateAsync();
        _streams.Ledger.Append(Body(0));
        await _streams.UntilCursorAsync(id, 0);
        _tokens.RevokeAll();
        _streams.Ledger.Append(Body(1));

        await _streams.UntilCursorAsync(id, 1);

        Assert.Equal(2, _tokens.Given);
        Assert.All(_streams.Attempts(id), attempt => Assert.Equal("delivered", attempt.Result));
    }

    [Fact]
    public async Task A_token_never_shows()
    {
        _streams.Ledger.Append(Body(0));
        _receiver.Answer = request => request.Path == GcsEmulator.TokenPath ? _store.Answer(request) : new Reply(503, $"you sent {request.Headers["Authorization"]}");
        var id = await CreateAsync();

        await _streams.UntilAsync(() => _streams.Attempts(id).Count > 1);

        Assert.All(_streams.Attempts(id), attempt => Assert.Contains("you sent Bearer ***", attempt.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_test_writes_one_object_whose_name_says_so_and_no_marker()
    {
        var id = await CreateAsync();

        var result = await _streams.Control.TestAsync(id, StreamHarness.Admin, default);

        Assert.True(result!.Ok, result.Answer);
        Assert.StartsWith("test/2026-03-15/", Assert.Single(_store.Objects).Key, StringComparison.Ordinal);
        Assert.Equal("sluice.destination.test", Row(_store.Objects.Values.First()).Single().GetProperty("event_type").GetString());
    }

    [Fact]
    public async Task A_pasted_statement_streams_what_it_says()
    {
        _streams.Ledger.Append(Body(0, "user.human.added"), Body(1, "instance.domain.added"), Body(2, "org.a.b"));
        var sql = $"""
            CREATE CHANGEFEED INTO 'gs://audit-bucket/events?partition_format=flat&AUTH=specified&CREDENTIALS={Uri.EscapeDataString(ServiceAccount.Base64(TokenUri))}'
            AS SELECT instance_id, aggregate_type, event_type, sequence,
            CASE WHEN event_type IN ('instance.domain.added') THEN payload END AS payload
            FROM eventstore.events2 WHERE event_type LIKE 'user.%' OR event_type LIKE 'instance.%';
            """;
        var id = (await _streams.CreateAsync(JsonSerializer.Serialize(new { provider = "gcs", endpoint = Server, changefeed = sql, start_from = "beginning" }))).Definition.Id;

        await _streams.UntilCursorAsync(id, 2);

        Assert.Matches("^events/[0-9]{33}-", DataNames().Single());
        Assert.Equal(
            [
                """{"aggregate_type":"user","event_type":"user.human.added","instance_id":"123456789012345667","payload":null,"sequence":0}""",
                """{"aggregate_type":"user","event_type":"instance.domain.added","instance_id":"123456789012345667","payload":{"phone":"planted"},"sequence":1}""",
            ],
            Rows().Select(row => row.GetRawText()));
    }

    private string Server => _receiver.Address.GetLeftPart(UriPartial.Authority);

    private string TokenUri => Server + GcsEmulator.TokenPath;

    private void Use(bool deniesReplacing)
    {
        _store = new GcsEmulator("audit-bucket", _tokens, deniesReplacing);
        _receiver.Answer = _store.Answer;
    }

    /// <summary>The next uploads reach the bucket, their answers never come.</summary>
    private void Lose(int attempts) => _receiver.Answer = request =>
        GcsEmulator.NameOf(request) is not null && attempts-- > 0 ? _store.Answer(request) with { Status = null } : _store.Answer(request);

    private async Task<string> CreateAsync(string more = "") => (await _streams.CreateAsync($$"""
        {"provider":"gcs","endpoint":"{{Server}}","bucket":"audit-bucket","credentials":{{JsonSerializer.Serialize(ServiceAccount.Json(TokenUri))}},"start_from":"beginning"{{(more.Length == 0 ? "" : ",")}}{{more}}}
        """)).Definition.Id;

    private IEnumerable<string> DataNames() => _store.Objects.Keys.Where(name => name.Contains(".ndjson", StringComparison.Ordinal));

    private List<JsonElement> Rows() => [.. DataNames().SelectMany(name => Row(_store.Objects[name]))];

    private static IEnumerable<JsonElement> Row(StoredObject stored) => Encoding.UTF8.GetString(stored.Bytes).TrimEnd('\n').Split('\n').Select(line => JsonElement.Parse(line));

    private static string Body(int sequence, string action = "user.human.added") =>
        $$$"""{"id":"evt_{{{sequence}}}","timestamp":"2023-12-25T10:01:45.600913123Z","tenant_id":"123456789012345667","category":"x","action":"{{{action}}}","outcome":"success","actor":{"type":"user","id":"u1"},"resource":{"type":"user","id":"26553987123463875"},"metadata":{"phone":"planted"},"salt":"AAAAAAAAAAAAAAAAAAAAAA"}""";
}
