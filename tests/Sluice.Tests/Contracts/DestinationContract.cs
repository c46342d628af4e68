using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Delivery.Replays;
using Sluice.Destinations;
using Sluice.Emulators;
using Sluice.Ledger;
using Sluice.Profiles;
using Sluice.Secrets;
using Sluice.Server.Endpoints;
using Sluice.Storage;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Contracts;

/// <summary>What every kind that speaks HTTP owes its users, tried against a real receiver that fails in every way receivers do.</summary>
public abstract class DestinationContract(DestinationFixture fixture) : IAsyncLifetime
{
    private readonly HashSet<string> _poison = [];
    private int _resolvingFails;
    private Receiver _receiver = null!;
    private StreamHarness _streams = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _receiver.Answer = Judge;
        _streams = await StreamHarness.StartAsync(DestinationCatalogue.All, null, its => its with { Resolve = ResolveAsync });
        fixture.Time = _streams.Time;
    }

    public async ValueTask DisposeAsync()
    {
        await _streams.DisposeAsync();
        await _receiver.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task It_delivers_everything_in_order()
    {
        _streams.Ledger.AppendMany(2_500);
        var id = await CreateAsync();
        _streams.Ledger.AppendMany(500);

        await _streams.UntilCursorAsync(id, 2_999);

        Assert.Equal(Ids(0, 3_000), Accepted());
    }

    [Theory]
    [InlineData(429, ErrorClass.Throttled)]
    [InlineData(503, ErrorClass.Server)]
    [InlineData(401, ErrorClass.Auth)]
    [InlineData(403, ErrorClass.Auth)]
    [InlineData(404, ErrorClass.NotFound)]
    [InlineData(410, ErrorClass.NotFound)]
    [InlineData(405, ErrorClass.Server)]
    [InlineData(415, ErrorClass.Server)]
    [InlineData(500, ErrorClass.Server)]
    [InlineData(302, ErrorClass.Server)]
    [InlineData(308, ErrorClass.Server)]
    public async Task An_outage_is_waited_out(int status, ErrorClass error)
    {
        var id = await CreateAsync();
        _receiver.Answer = _ => new Reply(status, Headers: new Dictionary<string, string> { ["Location"] = "http://127.0.0.1:1/elsewhere" });
        _streams.Ledger.AppendMany(5);
        await _streams.UntilAsync(() => _receiver.Requests.Count >= 3);
        var degraded = _streams.Stand(id);
        _receiver.Answer = Judge;

        await _streams.UntilCursorAsync(id, 4);

        Assert.Equal((StreamStatus.Degraded, error, -1), (degraded.State.Status, degraded.State.LastError!.Class, degraded.Cursor));
        Assert.Equal(Ids(0, 5), Accepted());
        await StreamHarness.UntilNowAsync(() => _streams.Stand(id).State.Status == StreamStatus.Active);
    }

    [Theory]
    [InlineData(429, false)]
    [InlineData(429, true)]
    [InlineData(503, false)]
    public async Task What_a_destination_asks_to_wait_is_waited(int status, bool asDate)
    {
        var id = await CreateAsync();
        var wait = asDate ? _streams.Time.GetUtcNow().AddSeconds(120).ToString("R") : "120";
        _receiver.Answer = _ => new Reply(status, Headers: new Dictionary<string, string> { ["Retry-After"] = wait });
        _streams.Ledger.AppendMany(1);
        await StreamHarness.UntilNowAsync(() => _streams.Stand(id).State.Status == StreamStatus.Degraded);
        _receiver.Answer = Judge;
        var failedAt = _streams.Time.GetUtcNow();

        await _streams.UntilCursorAsync(id, 0);

        Assert.Equal(TimeSpan.FromSeconds(120), _streams.Time.GetUtcNow() - failedAt);
    }

    [Fact]
    public async Task A_broken_connection_is_retried()
    {
        var id = await CreateAsync();
        var left = 2;
        _receiver.Answer = request => left-- > 0 ? Reply.Reset : Judge(request);
        _streams.Ledger.AppendMany(5);

        await _streams.UntilCursorAsync(id, 4);

        Assert.Equal(Ids(0, 5), Accepted());
        Assert.Contains(_streams.Attempts(id), attempt => attempt.Class == "connect");
    }

    [Fact]
    public async Task What_arrived_before_the_connection_broke_is_sent_again()
    {
        var id = await CreateAsync();
        var left = 2;
        _receiver.Answer = request => Judge(request) is var reply && reply.IsSuccess && fixture.IsDelivery(request) && left-- > 0 ? Reply.Reset : reply;
        _streams.Ledger.AppendMany(5);

        await _streams.UntilCursorAsync(id, 4);

        Assert.Equal(Ids(0, 5), Accepted());
        Assert.Empty(_streams.DeadLetters(id));
    }

    [Fact]
    public async Task Half_an_answer_is_no_confirmation()
    {
        var id = await CreateAsync();
        var left = 2;
        _receiver.Answer = request => Judge(request) is var reply && reply.IsSuccess && fixture.IsDelivery(request) && left-- > 0 ? reply with { Cut = true } : reply;
        _streams.Ledger.AppendMany(5);

        await _streams.UntilCursorAsync(id, 4);

        Assert.Equal(Ids(0, 5), Accepted().Distinct());
        Assert.Equal(2, _streams.Attempts(id).Count(attempt => attempt.Class == "connect"));
        Assert.Empty(_streams.DeadLetters(id));
    }

    [Fact]
    public async Task A_key_that_expires_is_an_outage_until_it_works_again()
    {
        var id = await CreateAsync();
        _streams.Ledger.AppendMany(3);
        await _streams.UntilCursorAsync(id, 2);
        _receiver.Answer = _ => fixture.ExpiredKey;
        _streams.Ledger.AppendMany(5);
        await _streams.UntilAsync(() => _streams.Stand(id).State.Status == StreamStatus.Degraded);
        var degraded = _streams.Stand(id);
        _receiver.Answer = Judge;

        await _streams.UntilCursorAsync(id, 7);

        Assert.Equal((ErrorClass.Auth, 2), (degraded.State.LastError!.Class, degraded.Cursor));
        Assert.Equal(Ids(0, 8), Accepted());
        Assert.Empty(_streams.DeadLetters(id));
        await StreamHarness.UntilNowAsync(() => _streams.Stand(id).State.Status == StreamStatus.Active);
    }

    [Fact]
    public async Task Metadata_arrives_with_its_types()
    {
        const string metadata = """{"days":365,"ratio":0.5,"large":1e+21,"yes":true,"nothing":null,"list":[1,"1",false,{}],"text":"365 \u0007 \"\\ ü 🔑","nested":{"deep":{"n":-7}}}""";
        _streams.Ledger.Append(ScriptedLedger.Body(0).Replace("""{"padding":""}""", metadata));
        var id = await CreateAsync();

        await _streams.UntilCursorAsync(id, 0);

        var sent = Assert.Single(fixture.Events(Deliveries().Single().Body)).GetProperty("metadata");
        Assert.Equal(metadata, sent.GetRawText());
    }

    [Fact]
    public async Task What_arrives_has_the_hash_of_what_was_stored()
    {
        var body = ScriptedLedger.Body(0);
        _streams.Ledger.Append(body);
        var id = await CreateAsync();

        await _streams.UntilCursorAsync(id, 0);

        var sent = JsonNode.Parse(Assert.Single(fixture.Events(Deliveries().Single().Body)).GetRawText())!.AsObject();
        foreach (var added in fixture.AddedMembers) Assert.True(sent.Remove(added));
        Assert.Equal(HashOf(body), HashOf(sent.ToJsonString()));
    }

    [Fact]
    public async Task A_destination_that_never_answers_times_out_and_is_tried_again()
    {
        var id = await CreateAsync();
        _receiver.Answer = _ => Reply.Held;
        _streams.Ledger.AppendMany(5);
        await StreamHarness.UntilNowAsync(() => _receiver.Requests.Count == 1);
        _receiver.Answer = Judge;
        _streams.Time.Advance(TimeSpan.FromSeconds(30));
        await StreamHarness.UntilNowAsync(() => _streams.Stand(id).State.LastError?.Class == ErrorClass.Timeout);

        await _streams.UntilCursorAsync(id, 4);

        Assert.Equal(Ids(0, 5), Accepted());
    }

    [Fact]
    public async Task An_answer_that_never_ends_times_out_and_is_no_confirmation()
    {
        var id = await CreateAsync();
        var hung = 0;
        _receiver.Answer = request => Judge(request) is var reply && reply.IsSuccess && fixture.IsDelivery(request) && hung++ == 0 ? reply with { Cut = true, Hold = true } : reply;
        _streams.Ledger.AppendMany(5);
        await StreamHarness.UntilNowAsync(() => hung == 1);
        _streams.Time.Advance(TimeSpan.FromSeconds(30));
        await StreamHarness.UntilNowAsync(() => _streams.Stand(id).State.LastError?.Class == ErrorClass.Timeout);

        await _streams.UntilCursorAsync(id, 4);

        Assert.Equal(Ids(0, 5), Accepted().Distinct());
        Assert.Empty(_streams.DeadLetters(id));
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_retried()
    {
        _resolvingFails = 2;
        var id = await CreateAsync($"http://siem.example.com:{_receiver.Address.Port}");
        _streams.Ledger.AppendMany(5);

        await _streams.UntilCursorAsync(id, 4);

        Assert.Equal(Ids(0, 5), Accepted());
        Assert.Equal(2, _streams.Attempts(id).Count(attempt => attempt.Class == "dns"));
    }

    [Fact]
    public async Task A_refused_event_is_set_aside_and_its_neighbours_arrive()
    {
        _poison.UnionWith(["evt_3", "evt_4", "evt_17"]);
        var id = await CreateAsync();
        _streams.Ledger.AppendMany(30);

        await _streams.UntilCursorAsync(id, 29);

        Assert.Equal(Ids(0, 30).Except(_poison), Accepted());
        Assert.Equal([3, 4, 17], _streams.DeadLetters(id).Select(letter => letter.Sequence));
    }

    [Theory]
    [InlineData(413)]
    [InlineData(422)]
    public async Task So_is_one_that_is_too_large_or_cannot_be_processed(int status)
    {
        var id = await CreateAsync();
        _receiver.Answer = request => fixture.Ids(request).Contains("evt_3") ? new Reply(status) : Judge(request);
        _streams.Ledger.AppendMany(10);

        await _streams.UntilCursorAsync(id, 9);

        Assert.Equal(Ids(0, 10).Except(["evt_3"]), Accepted());
        Assert.Equal([3], _streams.DeadLetters(id).Select(letter => letter.Sequence));
    }

    [Fact]
    public async Task A_destination_that_refuses_everything_is_an_outage()
    {
        var id = await CreateAsync();
        _receiver.Answer = request => fixture.IsDelivery(request) ? fixture.Refused : Judge(request);
        _streams.Ledger.AppendMany(200);

        await _streams.UntilAsync(() => _streams.Stand(id).State.Status == StreamStatus.Degraded);

        Assert.Equal((ErrorClass.Refused, -1), (_streams.Stand(id).State.LastError!.Class, _streams.Stand(id).Cursor));
        Assert.Empty(_streams.DeadLetters(id));
    }

    [Fact]
    public async Task No_request_exceeds_the_limits()
    {
        _streams.Ledger.AppendMany(2_200);
        _streams.Ledger.AppendMany(40, padding: 100_000);
        var id = await CreateAsync();

        await _streams.UntilCursorAsync(id, 2_239);

        Assert.All(Deliveries(), request => Assert.InRange(fixture.Ids(request).Count, 1, fixture.MostEvents));
        Assert.All(Deliveries(), request => Assert.InRange(request.Body.Length, 1, fixture.MostBytes));
        Assert.Equal(Ids(0, 2_240), Accepted());
        Assert.All(_receiver.Exchanges, exchange => Assert.True(exchange.Reply.IsSuccess));
    }

    [Fact]
    public async Task A_destination_that_takes_less_gets_less()
    {
        _receiver.Answer = request => fixture.Ids(request).Count > 7 ? new Reply(413) : Judge(request);
        _streams.Ledger.AppendMany(100);
        var id = await CreateAsync();

        await _streams.UntilCursorAsync(id, 99);

        Assert.Equal(Ids(0, 100), Accepted());
        Assert.Empty(_streams.DeadLetters(id));
    }

    [Fact]
    public async Task Compressed_requests_hold_the_same_events()
    {
        if (!fixture.TakesGzip)
        {
            Assert.Equal("compression", (await Assert.ThrowsAsync<DefinitionException>(() => CreateAsync(members: ("compression", "gzip")))).Field);
            return;
        }

        var id = await CreateAsync(members: ("compression", "gzip"));
        _streams.Ledger.AppendMany(50);

        await _streams.UntilCursorAsync(id, 49);

        Assert.Equal(Ids(0, 50), Accepted());
        Assert.All(Deliveries(), request => Assert.True(fixture.IsCompressed(request)));
    }

    [Fact]
    public async Task A_restart_goes_on_at_the_cursor()
    {
        var id = await CreateAsync();
        _streams.Ledger.AppendMany(10);
        await _streams.UntilCursorAsync(id, 9);
        await _streams.RestartAsync();
        _streams.Ledger.AppendMany(10);

        await _streams.UntilCursorAsync(id, 19);

        Assert.Equal(Ids(0, 20), Accepted());
    }

    [Fact]
    public async Task No_secret_gets_out()
    {
        // The last one lies across the place where long answers are cut.
        var echo = string.Join(' ', fixture.Secrets).PadRight(505) + fixture.Secrets[^1];
        var id = await CreateAsync();
        _receiver.Answer = request => new Reply(503, $"You sent {echo} and {string.Join(' ', request.Headers.Values)}");
        _streams.Ledger.AppendMany(1);
        await _streams.UntilAsync(() => _receiver.Requests.Count >= 2);
        var test = await _streams.Control.TestAsync(id, StreamHarness.Admin, default);
        var shown = string.Join('\n',
            DestinationAnswer.Of(await _streams.GetAsync(id), StreamHarness.Admin).ToJsonString(), test!.ToString(), _streams.Logs.Text,
            string.Join('\n', _streams.Attempts(id)));
        var stored = await _streams.Database.ReadAsync(session =>
            session.QueryAsync("SELECT definition || hex(secrets) || (SELECT state FROM streams) FROM destinations", row => row.Text(0)));

        Assert.Contains("You sent", shown);
        Assert.DoesNotContain(fixture.Secrets[^1][..6], shown, StringComparison.OrdinalIgnoreCase);
        Assert.All(fixture.Secrets, secret => Assert.DoesNotContain(secret, shown, StringComparison.OrdinalIgnoreCase));
        Assert.All(fixture.Secrets, secret => Assert.DoesNotContain(secret, Assert.Single(stored), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Any_profile_arrives_byte_for_byte()
    {
        _receiver.Answer = request => fixture.IsDelivery(request) ? new Reply(200, AllTaken(request)) : Judge(request);
        var id = await CreateAsync();
        foreach (var profile in ProfileCatalogue.All)
        {
            var spelling = (await _streams.UpdateAsync(id, $$"""{"profile":"{{profile.Name}}"}""")).Definition.Profile;
            _streams.Ledger.Append(ScriptedLedger.Body(_streams.Ledger.Size).Replace("""{"padding":""}""", """{"text":"=|\\\"\u0007\t\nü 😀","days":365}"""));
            var spelled = await SpelledAsync(spelling);

            await _streams.UntilAsync(() => Deliveries().Any(request => spelled.Any(Encoding.UTF8.GetString(request.Body).Contains)));
        }
    }

    [Fact]
    public async Task No_member_breaks_out_of_its_line()
    {
        var valid = fixture.Settings(_receiver.Address.ToString());
        var id = await CreateAsync();
        var members = DestinationCatalogue.All.Single(kind => kind.Name == (string)valid["provider"]!).Schema.Members.Where(member => member.Type == typeof(string) || member.Type == typeof(Secret));
        foreach (var (name, end) in members.SelectMany(member => new[] { "\n", "\r\nX-Injected: 1" }.Select(end => (member.Name, end))))
        {
            if (await ProblemAsync(id, name, JsonValue.Create(((string?)valid[name] ?? "x") + end)) is { } problem)
            {
                Assert.IsType<DefinitionException>(problem);
                continue;
            }

            var before = _receiver.Requests.Count;
            await _streams.Control.TestAsync(id, StreamHarness.Admin, default);
            Assert.True(_receiver.Requests.Count > before, $"{name} spoils the request.");
            Assert.All(_receiver.Requests, request => Assert.DoesNotContain("X-Injected", request.Headers.Keys));
            Assert.Null(await ProblemAsync(id, name, valid[name]?.DeepClone()));
        }
    }

    [Fact]
    public async Task Both_sides_can_be_known_by_certificates_of_ones_own()
    {
        var certificates = new Certificates();
        var (server, client) = (certificates.New(), certificates.New());
        await using var secured = await Receiver.StartAsync(server, client);
        secured.Answer = Judge;
        var id = await CreateAsync(secured.Address.ToString(), ("ca_certificate", certificates.AuthorityPem), ("client_certificate", client.ExportCertificatePem()), ("client_key", Certificates.KeyPem(client)));

        _streams.Ledger.AppendMany(5);
        await _streams.UntilCursorAsync(id, 4);

        var view = await _streams.UpdateAsync(id, """{"ca_certificate":null}""");
        var distrusted = await _streams.Control.TestAsync(id, StreamHarness.Admin, default);

        Assert.Equal(Ids(0, 5), secured.Exchanges.SelectMany(exchange => fixture.Taken(exchange.Request, exchange.Reply)));
        Assert.Contains("client_key", view.Definition.CredentialsSet);
        Assert.Equal((false, ErrorClass.Tls), (distrusted!.Ok, distrusted.Class));
    }

    [Fact]
    public async Task A_replay_says_which_event_is_which_as_the_stream_does()
    {
        var settings = fixture.Settings(_receiver.Address.ToString());
        (settings["start_from"], settings["tenant_id"]) = ("beginning", "t1");
        var id = (await _streams.Control.CreateAsync(settings, StreamHarness.Admin, default)).Definition.Id;
        _streams.Ledger.AppendMany(5);
        await _streams.UntilCursorAsync(id, 4);
        var first = Deliveries().Last();

        await _streams.EndOfAsync((await _streams.Replays.StartAsync(id, new ReplayRequest(new ReplayBound(0, null), null, null, null), StreamHarness.Admin, default))!);

        Assert.Equal(Text(first), Text(Deliveries().Last()));

        static string Text(ReceivedRequest request) => Encoding.UTF8.GetString(request.Body);
    }

    [Fact]
    public async Task A_test_sends_one_event_that_says_what_it_is()
    {
        var id = await CreateAsync();

        var result = await _streams.Control.TestAsync(id, StreamHarness.Admin, default);

        var sent = Assert.Single(fixture.Events(Assert.Single(Deliveries()).Body));
        Assert.True(result!.Ok);
        Assert.Equal((_receiver.Exchanges[^1].Reply.Status, Deliveries().First().RawBody.Length), (result.HttpStatus, (int)result.SentBytes));
        Assert.True(sent.GetProperty("metadata").GetProperty("test").GetBoolean());
    }

    private async Task<string> CreateAsync(string? endpoint = null, params (string Name, string Value)[] members)
    {
        var settings = fixture.Settings(endpoint ?? _receiver.Address.ToString());
        settings["start_from"] = "beginning";
        foreach (var (name, value) in members) settings[name] = value;
        return (await _streams.Control.CreateAsync(settings, StreamHarness.Admin, default)).Definition.Id;
    }

    private async Task<Exception?> ProblemAsync(string id, string member, JsonNode? value) =>
        await Record.ExceptionAsync(async () => await _streams.Control.UpdateAsync(id, new JsonObject { [member] = value }, StreamHarness.Admin, default));

    /// <summary>A success for whoever asks no more, and one item for each two lines for whoever reads what became of each event.</summary>
    private static string AllTaken(ReceivedRequest request)
    {
        var items = Enumerable.Repeat("""{"create":{"status":201}}""", request.Body.Count(one => one == '\n') / 2);
        return $$"""{"items":[{{string.Join(',', items)}}]}""";
    }

    /// <summary>The newest event as it must be found in a request: as it is, with members before it, or as a JSON string.</summary>
    private async Task<string[]> SpelledAsync(IProfile profile)
    {
        using var page = new EventPage();
        await _streams.Ledger.ReadAsync(page, _streams.Ledger.Size - 1, _streams.Ledger.Size, 1, int.MaxValue, default);
        var (spelled, quoted) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        profile.Write(page[0], spelled);
        CanonicalJson.WriteString(spelled.WrittenSpan, quoted);
        var text = Encoding.UTF8.GetString(spelled.WrittenSpan);
        return profile.IsJson ? [text, text[1..], Encoding.UTF8.GetString(quoted.WrittenSpan)] : [text, Encoding.UTF8.GetString(quoted.WrittenSpan)];
    }

    private static Digest HashOf(string sent)
    {
        Assert.True(EventHash.TryCompute(Encoding.UTF8.GetBytes(sent), out var hash, out _));
        return hash;
    }

    private Reply Judge(ReceivedRequest request) => fixture.Answer(request, _poison);

    private List<string> Accepted() => [.. _receiver.Exchanges.SelectMany(exchange => fixture.Taken(exchange.Request, exchange.Reply))];

    private IEnumerable<ReceivedRequest> Deliveries() => _receiver.Requests.Where(fixture.IsDelivery);

    private static IEnumerable<string> Ids(int first, int count) => Enumerable.Range(first, count).Select(i => $"evt_{i}");

    private Task<IPAddress[]> ResolveAsync(string name, CancellationToken cancellation) =>
        _resolvingFails-- > 0 ? throw new SocketException((int)SocketError.HostNotFound) : Task.FromResult(new[] { IPAddress.Loopback });
}
