using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Destinations;
using Sluice.Emulators;
using Sluice.Server.Endpoints;
using Sluice.Streams;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.GoogleCloudLogging;

public sealed class GoogleCloudLoggingDestinationTests : IAsyncLifetime
{
    private readonly HashSet<string> _poison = [];
    private readonly LogWriter _account = new();
    private Receiver _receiver = null!;
    private StreamHarness _streams = null!;
    private GoogleTokens _tokens = null!;
    private Sluice.Emulators.GoogleCloudLogging _google = null!;

    public async ValueTask InitializeAsync()
    {
        _streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
        _tokens = _account.Tokens(_streams.Time.GetUtcNow);
        _google = new Sluice.Emulators.GoogleCloudLogging(_tokens, _streams.Time.GetUtcNow, _poison);
        _receiver = await Receiver.StartAsync();
        _receiver.Answer = _google.Answer;
    }

    public async ValueTask DisposeAsync()
    {
        await _streams.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task An_entry_has_the_event_its_id_and_its_time_and_is_in_the_named_log()
    {
        var time = Text(_streams.Time.GetUtcNow().AddMinutes(-1));
        _streams.Ledger.Append(Event("evt_0", time), Event("evt_1", time, "denied"));

        await SendAsync(1, tenant: "t1");

        Assert.Equal(["evt_0", "evt_1"], _google.Stored.Select(written => written.InsertId));
        Assert.All(_google.Stored, written => Assert.Equal(("projects/audit-project-1/logs/audit%2Fsluice", time), (written.Log, (string)written.Entry["timestamp"]!)));
        Assert.Equal(["NOTICE", "WARNING"], _google.Stored.Select(written => (string)written.Entry["severity"]!));
        Assert.Equal("t1", (string)_google.Stored[0].Entry["labels"]!["tenant_id"]!);
        Assert.Equal(0, (int)_google.Stored[0].Entry["jsonPayload"]!["sequence"]!);
    }

    [Fact]
    public async Task Where_all_tenants_meet_the_tenant_is_in_the_insert_id()
    {
        _streams.Ledger.Append(Event("same", tenant: "t1"), Event("same", tenant: "t2"));

        await SendAsync(1);

        Assert.Equal(["t1:same", "t2:same"], _google.Stored.Select(written => written.InsertId));
    }

    [Fact]
    public async Task Entries_that_the_answer_names_are_set_aside_and_nothing_is_sent_twice()
    {
        _poison.UnionWith(["evt_3", "evt_7"]);
        _streams.Ledger.AppendMany(10);

        var id = await SendAsync(9);

        Assert.Equal(8, _google.Stored.Count);
        Assert.Equal([3, 7], _streams.DeadLetters(id).Select(letter => letter.Sequence));
        Assert.Contains("I do not like this entry.", _streams.DeadLetters(id)[0].Reason);
        Assert.Single(_receiver.Requests, request => request.Path != GoogleTokens.Path);
    }

    [Fact]
    public async Task An_entry_that_is_too_large_is_set_aside_and_its_neighbours_arrive()
    {
        _streams.Ledger.AppendMany(1);
        _streams.Ledger.AppendMany(1, padding: 262_144);
        _streams.Ledger.AppendMany(1);

        var id = await SendAsync(2);

        Assert.Equal([1], _streams.DeadLetters(id).Select(letter => letter.Sequence));
        Assert.Equal(["t1:evt_0", "t1:evt_2"], _google.Stored.Select(written => written.InsertId));
    }

    [Theory]
    [InlineData(-31)]
    [InlineData(2)]
    public async Task An_event_whose_time_would_lose_it_is_stored_under_the_time_of_its_arrival(int days)
    {
        var time = Text(_streams.Time.GetUtcNow().AddDays(days));
        _streams.Ledger.Append(Event("evt_0", time));

        await SendAsync(0);

        var entry = Assert.Single(_google.Stored).Entry;
        Assert.False(entry.ContainsKey("timestamp"));
        Assert.Equal((time, time), ((string)entry["labels"]!["event_timestamp"]!, (string)entry["jsonPayload"]!["timestamp"]!));
    }

    [Fact]
    public async Task A_token_serves_until_shortly_before_it_expires()
    {
        _streams.Ledger.AppendMany(1);
        var id = await SendAsync(0);
        _streams.Time.Advance(TimeSpan.FromMinutes(54));
        await SendOneMoreAsync(id);
        var within = _tokens.Given;
        _streams.Time.Advance(TimeSpan.FromMinutes(2));
        await SendOneMoreAsync(id);

        Assert.Equal((1, 2), (within, _tokens.Given));
    }

    [Fact]
    public async Task A_token_that_is_withdrawn_is_replaced_at_once()
    {
        _streams.Ledger.AppendMany(1);
        var id = await SendAsync(0);
        _tokens.RevokeAll();
        await SendOneMoreAsync(id);

        Assert.Equal((2, StreamStatus.Active), (_tokens.Given, _streams.Stand(id).State.Status));
        Assert.All(_streams.Attempts(id), attempt => Assert.Equal("delivered", attempt.Result));
    }

    [Fact]
    public async Task A_key_that_google_does_not_know_is_an_outage()
    {
        var settings = _account.Settings(_receiver.Address.ToString());
        settings["private_key"] = new LogWriter().PrivateKey;
        settings["start_from"] = "beginning";
        _streams.Ledger.AppendMany(3);
        var id = (await _streams.Control.CreateAsync(settings, StreamHarness.Admin, default)).Definition.Id;

        await StreamHarness.UntilNowAsync(() => _streams.Stand(id).State.Status == StreamStatus.Degraded);

        Assert.Equal((ErrorClass.Auth, -1), (_streams.Stand(id).State.LastError!.Class, _streams.Stand(id).Cursor));
        Assert.Contains("invalid_grant", _streams.Stand(id).State.LastError!.Message);
        Assert.Empty(_streams.DeadLetters(id));
    }

    [Theory]
    [InlineData(7, ErrorClass.Auth)]
    [InlineData(8, ErrorClass.Throttled)]
    [InlineData(14, ErrorClass.Server)]
    public async Task Entries_that_could_be_written_later_are_no_dead_letters(int code, ErrorClass error)
    {
        var left = 1;
        _receiver.Answer = request => request.Path != GoogleTokens.Path && left-- > 0
            ? new Reply(403, $$$$$$"""{"error":{"code":403,"details":[{"@type":"type.googleapis.com/google.logging.v2.WriteLogEntriesPartialErrors","logEntryErrors":{"1":{"code":{{{{{{code}}}}}},"message":"not now"}}}]}}""")
            : _google.Answer(request);
        _streams.Ledger.AppendMany(3);

        var id = await SendAsync(2);

        Assert.Equal(error.Name(), _streams.Attempts(id)[^1].Class);
        Assert.Empty(_streams.DeadLetters(id));
    }

    [Fact]
    public async Task The_token_is_in_no_text_that_google_sends_back()
    {
        var left = 2;
        _receiver.Answer = request => request.Path != GoogleTokens.Path && left-- > 0 ? new Reply(503, $"You came with {request.Headers["Authorization"]}") : _google.Answer(request);
        _streams.Ledger.AppendMany(1);

        var id = await SendAsync(0);

        Assert.Contains("You came with", _streams.Attempts(id)[^1].Message);
        Assert.DoesNotContain("of-the-emulator", string.Join('\n', _streams.Attempts(id)));
    }

    [Fact]
    public async Task A_key_with_its_line_breaks_escaped_is_one_too_and_an_update_without_it_keeps_it()
    {
        var settings = _account.Settings(_receiver.Address.ToString());
        settings["private_key"] = _account.PrivateKey.Replace("\n", "\\n", StringComparison.Ordinal);
        settings["start_from"] = "beginning";
        var created = await _streams.Control.CreateAsync(settings, StreamHarness.Admin, default);
        var updated = await _streams.UpdateAsync(created.Definition.Id, """{"log_id":"other"}""");
        _streams.Ledger.AppendMany(1);
        await _streams.UntilCursorAsync(created.Definition.Id, 0);

        Assert.EndsWith("/logs/other", Assert.Single(_google.Stored).Log);
        Assert.Equal(["private_key"], updated.Definition.CredentialsSet);
        Assert.DoesNotContain("PRIVATE KEY", DestinationAnswer.Of(updated, StreamHarness.Admin).ToJsonString());
    }

    [Theory]
    [InlineData("private_key", "-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----")]
    [InlineData("private_key", "no pem")]
    [InlineData("project_id", "a/b")]
    [InlineData("client_email", "nobody")]
    [InlineData("log_id", "with blank")]
    [InlineData("token_uri", "http://8.8.8.8/token")]
    public async Task What_cannot_be_is_refused_with_its_member(string member, string value)
    {
        var settings = _account.Settings("https://logging.googleapis.com");
        settings[member] = value;

        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => _streams.Control.CreateAsync(settings, StreamHarness.Admin, default).AsTask());

        Assert.Equal(member, refusal.Field);
    }

    private async Task<string> SendAsync(long last, string? tenant = null)
    {
        var settings = _account.Settings(_receiver.Address.ToString());
        (settings["start_from"], settings["tenant_id"]) = ("beginning", tenant);
        var id = (await _streams.Control.CreateAsync(settings, StreamHarness.Admin, default)).Definition.Id;
        await _streams.UntilCursorAsync(id, last);
        return id;
    }

    private async Task SendOneMoreAsync(string id)
    {
        _streams.Ledger.AppendMany(1);
        await StreamHarness.UntilNowAsync(() => _streams.Stand(id).Cursor == _streams.Ledger.Size - 1);
    }

    private string Event(string id, string? time = null, string outcome = "success", string tenant = "t1") =>
        $$$"""{"id":"{{{id}}}","timestamp":"{{{time ?? Text(_streams.Time.GetUtcNow())}}}","tenant_id":"{{{tenant}}}","category":"access","action":"user.login","outcome":"{{{outcome}}}","actor":{"type":"user","id":"u1"},"salt":"AAAAAAAAAAAAAAAAAAAAAA"}""";

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture) + "00Z";
}
