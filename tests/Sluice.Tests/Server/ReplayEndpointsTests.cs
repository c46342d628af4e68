using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.Destinations;
using Sluice.Emulators;
using Sluice.Server.Authentication;
using Sluice.Server.Endpoints;
using Sluice.Server.Errors;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Server;

/// <summary>The calls that send again as their callers see them.</summary>
public sealed class ReplayEndpointsTests : IAsyncLifetime
{
    private static readonly string[] Members =
    [
        "id", "status", "sent", "total", "refused", "source", "from", "to", "filter", "events_per_second", "gap_id", "cursor", "first_available", "last_error", "reason", "created_at", "ended_at",
    ];

    private Receiver _receiver = null!;
    private StreamHarness _streams = null!;
    private WebApplication _app = null!;
    private HttpClient _client = null!;
    private string _one = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton(_streams.Control).AddSingleton(_streams.Views).AddSingleton(_streams.Replays);
        builder.Services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
        _app = builder.Build();
        _app.UseMiddleware<ProblemMiddleware>();
        _app.Use((context, next) =>
        {
            context.SetCaller(StreamHarness.Admin);
            return next(context);
        });
        _app.UseRouting();
        _app.MapStreams();
        await _app.StartAsync();
        _client = _app.GetTestClient();
        var id = (await _streams.CreateAsync($$"""{"provider":"webhook","endpoint":"{{_receiver.Address}}","secret":"s3cret"}""")).Definition.Id;
        _one = $"/v1/audit/siem/{id}";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _streams.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_replay_is_started_watched_listed_and_stopped()
    {
        await StreamAsync(10);

        var started = await SendAsync(HttpMethod.Post, "/replays", """{"from":2,"to":8,"filter":null,"events_per_second":1}""");
        var path = "/replays/" + Text(started, "id");
        await _streams.UntilAsync(() => SendAsync(HttpMethod.Get, path).Result.Body.GetProperty("sent").GetInt32() >= 2);
        var shown = await SendAsync(HttpMethod.Get, path);
        var stopped = await SendAsync(HttpMethod.Delete, path);
        var listed = await SendAsync(HttpMethod.Get, "/replays");

        Assert.Equal((HttpStatusCode.Accepted, "running", 0, JsonValueKind.Null),
            (started.Status, Text(started, "status"), started.Body.GetProperty("sent").GetInt32(), started.Body.GetProperty("total").ValueKind));
        Assert.StartsWith("rpl_", Text(started, "id"), StringComparison.Ordinal);
        Assert.Equal(Members, started.Body.EnumerateObject().Select(member => member.Name));
        Assert.Equal((HttpStatusCode.OK, "running", 7), (shown.Status, Text(shown, "status"), shown.Body.GetProperty("total").GetInt32()));
        Assert.Equal((HttpStatusCode.OK, "stopped"), (stopped.Status, Text(stopped, "status")));
        Assert.Equal(Text(started, "id"), listed.Body.GetProperty("replays")[0].GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, listed.Body.GetProperty("next_page_token").ValueKind);
    }

    [Fact]
    public async Task A_replay_from_a_time_sends_what_was_committed_since()
    {
        await StreamAsync(3);
        var before = _receiver.Requests.Count;

        var started = await SendAsync(HttpMethod.Post, "/replays", """{"from":"2026-01-01T00:00:00+01:00"}""");
        await _streams.UntilAsync(() => Text(SendAsync(HttpMethod.Get, "/replays/" + Text(started, "id")).Result, "status") == "completed");

        Assert.Equal((0, 2), (started.Body.GetProperty("from").GetInt32(), started.Body.GetProperty("to").GetInt32()));
        Assert.Equal(before + 1, _receiver.Requests.Count);
        Assert.Contains(Text(started, "id"), _receiver.Requests[^1].Headers["webhook-id"]);
    }

    [Theory]
    [InlineData("/replays", "{}", "missing_field", "from")]
    [InlineData("/replays", """{"from":{}}""", "invalid_type", "from")]
    [InlineData("/replays", """{"from":1.5}""", "invalid_type", "from")]
    [InlineData("/replays", """{"from":"tomorrow"}""", "invalid_value", "from")]
    [InlineData("/replays", """{"from":99}""", "invalid_value", "from")]
    [InlineData("/replays", """{"from":0,"to":[]}""", "invalid_type", "to")]
    [InlineData("/replays", """{"from":2,"to":1}""", "invalid_value", "to")]
    [InlineData("/replays", """{"from":0,"until":1}""", "unknown_field", "until")]
    [InlineData("/replays", """{"from":0,"filter":7}""", "invalid_type", "filter")]
    [InlineData("/replays", """{"from":0,"filter":"action ~ 1"}""", "invalid_filter", "filter")]
    [InlineData("/replays", """{"from":0,"events_per_second":0}""", "invalid_value", "events_per_second")]
    [InlineData("/replays", """{"from":0,"events_per_second":"fast"}""", "invalid_type", "events_per_second")]
    [InlineData("/replays", "[]", "invalid_type", null)]
    [InlineData("/replays", "{", "invalid_json", null)]
    [InlineData("/dead-letters/replay", """{"sequences":7}""", "invalid_type", "sequences")]
    [InlineData("/dead-letters/replay", """{"sequences":[]}""", "invalid_value", "sequences")]
    [InlineData("/dead-letters/replay", """{"sequences":["7"]}""", "invalid_type", "sequences[0]")]
    [InlineData("/dead-letters/replay", """{"sequences":[7]}""", "invalid_value", "sequences[0]")]
    [InlineData("/dead-letters/replay", """{"all":true}""", "unknown_field", "all")]
    [InlineData("/gaps/gap_x/refill", """{"from":1}""", "unknown_field", "from")]
    public async Task What_is_wrong_is_named(string path, string body, string code, string? field)
    {
        await StreamAsync(3);

        var answer = await SendAsync(HttpMethod.Post, path, body);

        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.Status, Text(answer, "code")));
        if (field is not null) Assert.Equal(field, Text(answer, "field"));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Get, "/replays/rpl_x"), (HttpMethod.Delete, "/replays/rpl_x"), (HttpMethod.Get, "/dead-letters/5"), (HttpMethod.Post, "/gaps/gap_x/refill"),
        })
            Assert.Equal((HttpStatusCode.NotFound, "not_found"), await CodeAsync(method, path));
        _one = "/v1/audit/siem/siem_x";
        Assert.Equal((HttpStatusCode.NotFound, "not_found"), await CodeAsync(HttpMethod.Get, "/replays"));
        Assert.Equal((HttpStatusCode.NotFound, "not_found"), await CodeAsync(HttpMethod.Post, "/replays", """{"from":0}"""));
        Assert.Equal((HttpStatusCode.NotFound, "not_found"), await CodeAsync(HttpMethod.Post, "/dead-letters/replay"));
    }

    [Fact]
    public async Task A_dead_letter_is_shown_as_it_was_sent_and_leaves_the_list_when_it_is_taken()
    {
        _receiver.Answer = request => new Reply(Encoding.UTF8.GetString(request.Body).Contains("evt_1\"", StringComparison.Ordinal) ? 422 : 200, "bad");
        await StreamAsync(5);

        var letter = await SendAsync(HttpMethod.Get, "/dead-letters/1");
        _receiver.Answer = _ => new Reply(200, "");
        var started = await SendAsync(HttpMethod.Post, "/dead-letters/replay", """{"sequences":[1]}""");
        await _streams.UntilAsync(() => Text(SendAsync(HttpMethod.Get, "/replays/" + Text(started, "id")).Result, "status") == "completed");
        var left = await SendAsync(HttpMethod.Get, "/dead-letters");

        Assert.Equal(["id", "sequence", "tenant_id", "reason", "class", "at", "attempts", "replay_id", "profile", "event"], letter.Body.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("evt_1", "sluice", "It answered 422: bad"), (letter.Body.GetProperty("event").GetProperty("id").GetString(), Text(letter, "profile"), Text(letter, "reason")));
        Assert.Equal((HttpStatusCode.Accepted, "dead_letters"), (started.Status, Text(started, "source")));
        Assert.Equal(0, left.Body.GetProperty("dead_letters").GetArrayLength());
    }

    [Fact]
    public async Task Dead_letters_can_be_listed_by_replay()
    {
        await StreamAsync(5);
        _receiver.Answer = request => new Reply(Encoding.UTF8.GetString(request.Body).Contains("evt_1\"", StringComparison.Ordinal) ? 422 : 200, "bad");

        var started = await SendAsync(HttpMethod.Post, "/replays", """{"from":0}""");
        await _streams.UntilAsync(() => Text(SendAsync(HttpMethod.Get, "/replays/" + Text(started, "id")).Result, "status") == "completed");
        var own = await SendAsync(HttpMethod.Get, "/dead-letters?replay_id=" + Text(started, "id"));
        var others = await SendAsync(HttpMethod.Get, "/dead-letters?replay_id=rpl_x");

        Assert.Equal(Text(started, "id"), own.Body.GetProperty("dead_letters")[0].GetProperty("replay_id").GetString());
        Assert.Equal(0, others.Body.GetProperty("dead_letters").GetArrayLength());
    }

    [Fact]
    public async Task A_gap_is_refilled_and_then_marked()
    {
        await StreamAsync(2);
        await _streams.UpdateAsync(_one[15..], """{"enabled":false}""");
        _streams.Ledger.AppendMany(3);
        await _streams.UpdateAsync(_one[15..], """{"enabled":true}""");
        var gap = (await SendAsync(HttpMethod.Get, "/gaps")).Body.GetProperty("gaps")[0].GetProperty("id").GetString();

        var started = await SendAsync(HttpMethod.Post, $"/gaps/{gap}/refill");
        await _streams.UntilAsync(() => Text(SendAsync(HttpMethod.Get, "/replays/" + Text(started, "id")).Result, "status") == "completed");

        Assert.Equal((HttpStatusCode.Accepted, "gap", gap, 2), (started.Status, Text(started, "source"), Text(started, "gap_id"), started.Body.GetProperty("from").GetInt32()));
        Assert.NotEqual(JsonValueKind.Null, (await SendAsync(HttpMethod.Get, "/gaps")).Body.GetProperty("gaps")[0].GetProperty("refilled_at").ValueKind);
        Assert.Equal((HttpStatusCode.Conflict, "already_refilled"), await CodeAsync(HttpMethod.Post, $"/gaps/{gap}/refill"));
    }

    private async Task StreamAsync(int count)
    {
        _streams.Ledger.AppendMany(count);
        await _streams.UntilCursorAsync(_one[15..], count - 1);
    }

    private async Task<(HttpStatusCode, string)> CodeAsync(HttpMethod method, string path, string? json = null)
    {
        var answer = await SendAsync(method, path, json);
        return (answer.Status, Text(answer, "code"));
    }

    private static string Text((HttpStatusCode, JsonElement Body) answer, string member) => answer.Body.GetProperty(member).GetString()!;

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, _one + path);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _client.SendAsync(request);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }
}
