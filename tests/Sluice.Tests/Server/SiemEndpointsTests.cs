using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.Destinations;
using Sluice.Emulators;
using Sluice.Events;
using Sluice.Server.Authentication;
using Sluice.Server.Endpoints;
using Sluice.Server.Errors;
using Sluice.Streams;
using Sluice.Tenants;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Server;

/// <summary>The calls at <c>/v1/audit/siem</c> as their callers see them.</summary>
public sealed class SiemEndpointsTests : IAsyncLifetime
{
    private readonly Caller _caller = StreamHarness.Admin;
    private Receiver _receiver = null!;
    private StreamHarness _streams = null!;
    private WebApplication _app = null!;
    private HttpClient _client = null!;

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
            context.SetCaller(_caller);
            return next(context);
        });
        _app.UseRouting();
        _app.MapStreams();
        await _app.StartAsync();
        _client = _app.GetTestClient();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _streams.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"provider":"\ud800"}""")]
    [InlineData("""{"provider":"webhook","endpoint":"https://h.example","event_types":["\udfff"]}""")]
    [InlineData("""{"\ud800":1,"provider":"webhook"}""")]
    public async Task Half_a_surrogate_pair_is_refused_where_it_is_read(string definition)
    {
        var answer = await SendAsync(HttpMethod.Post, "/v1/audit/siem", definition);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task A_destination_lives_from_201_to_410()
    {
        var created = await PostAsync("/v1/audit/siem", Webhook());
        var id = created.Body.GetProperty("id").GetString();
        var shown = await GetAsync($"/v1/audit/siem/{id}");
        var listed = await GetAsync("/v1/audit/siem");
        var changed = await SendAsync(HttpMethod.Put, $"/v1/audit/siem/{id}", """{"name":"renamed"}""");
        var deleted = await SendAsync(HttpMethod.Delete, $"/v1/audit/siem/{id}");
        await StreamHarness.UntilNowAsync(() => _streams.Stand(id!).State.Status == Sluice.Streams.StreamStatus.Deleted);
        var gone = await GetAsync($"/v1/audit/siem/{id}");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK), (created.Status, shown.Status, listed.Status));
        Assert.Equal(id, listed.Body.GetProperty("destinations")[0].GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, listed.Body.GetProperty("next_page_token").ValueKind);
        Assert.Equal("renamed", changed.Body.GetProperty("name").GetString());
        Assert.Equal((HttpStatusCode.Accepted, "deleting"), (deleted.Status, deleted.Body.GetProperty("status").GetString()));
        Assert.Equal((HttpStatusCode.Gone, 0), (gone.Status, gone.Body.GetProperty("unsent").GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task A_name_that_another_one_has_is_409()
    {
        const string soc = """{"name":"SOC","provider":"http","endpoint":"https://siem.example.com/"}""";
        await PostAsync("/v1/audit/siem", soc);
        var other = (await PostAsync("/v1/audit/siem", soc.Replace("SOC", "Other", StringComparison.Ordinal))).Body.GetProperty("id").GetString();

        foreach (var refused in new[] { await PostAsync("/v1/audit/siem", soc), await SendAsync(HttpMethod.Put, $"/v1/audit/siem/{other}", """{"name":"SOC"}""") })
            Assert.Equal((HttpStatusCode.Conflict, "name_taken", "name"), (refused.Status, refused.Body.GetProperty("code").GetString(), refused.Body.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task Refusals_name_the_member()
    {
        var unknown = await PostAsync("/v1/audit/siem", """{"provider":"webhook","endpoint":"https://s.example","colour":1}""");
        var filter = await PostAsync("/v1/audit/siem", """{"provider":"webhook","endpoint":"https://s.example","filter":"action ~ 1"}""");
        var broken = await PostAsync("/v1/audit/siem", "{");
        var array = await PostAsync("/v1/audit/siem", "[]");

        Assert.Equal((HttpStatusCode.BadRequest, "unknown_field", "colour"), (unknown.Status, Text(unknown, "code"), Text(unknown, "field")));
        Assert.Equal(("invalid_filter", 8), (Text(filter, "code"), filter.Body.GetProperty("column").GetInt32()));
        Assert.NotEmpty(Text(filter, "expected"));
        Assert.Equal("invalid_json", Text(broken, "code"));
        Assert.Equal("invalid_type", Text(array, "code"));
    }

    [Fact]
    public async Task A_test_tells_what_the_destination_said()
    {
        var id = Text(await PostAsync("/v1/audit/siem", Webhook()), "id");
        _receiver.Answer = _ => new Reply(403, "no entry for s3cret");

        var test = await PostAsync($"/v1/audit/siem/{id}/test", "");

        Assert.Equal(HttpStatusCode.OK, test.Status);
        Assert.Equal((false, "auth", 403, "no entry for ***"),
            (test.Body.GetProperty("ok").GetBoolean(), Text(test, "class"), test.Body.GetProperty("http_status").GetInt32(), Text(test, "answer")));
        Assert.Equal(["ok", "class", "http_status", "duration_ms", "sent_bytes", "answer"], test.Body.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task What_was_refused_can_be_listed_page_by_page_and_forgotten()
    {
        var id = Text(await PostAsync("/v1/audit/siem", Webhook()), "id");
        _receiver.Answer = request => new Reply(Encoding.UTF8.GetString(request.Body) is var body && (body.Contains("evt_1\"") || body.Contains("evt_2\"")) ? 422 : 200, "bad");
        _streams.Ledger.AppendMany(5);
        await _streams.UntilCursorAsync(id, 4);

        var first = await GetAsync($"/v1/audit/siem/{id}/dead-letters?page_size=1");
        var second = await GetAsync($"/v1/audit/siem/{id}/dead-letters?page_size=1&page_token={Text(first, "next_page_token")}");
        var forgotten = await SendAsync(HttpMethod.Delete, $"/v1/audit/siem/{id}/dead-letters/1");
        var again = await SendAsync(HttpMethod.Delete, $"/v1/audit/siem/{id}/dead-letters/1");

        var letter = first.Body.GetProperty("dead_letters")[0];
        Assert.Equal(["id", "sequence", "tenant_id", "reason", "class", "at", "attempts", "replay_id"], letter.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("evt_1", "It answered 422: bad", "refused"), (letter.GetProperty("id").GetString(), letter.GetProperty("reason").GetString(), letter.GetProperty("class").GetString()));
        Assert.Equal(2, second.Body.GetProperty("dead_letters")[0].GetProperty("sequence").GetInt32());
        Assert.Equal(JsonValueKind.Null, second.Body.GetProperty("next_page_token").ValueKind);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (forgotten.Status, again.Status));
        Assert.Equal(1, (await GetAsync($"/v1/audit/siem/{id}")).Body.GetProperty("dead_letters").GetInt32());
    }

    [Fact]
    public async Task Attempts_and_gaps_are_shown()
    {
        var id = Text(await PostAsync("/v1/audit/siem", Webhook()), "id");
        _streams.Ledger.AppendMany(2);
        await _streams.UntilCursorAsync(id, 1);
        await SendAsync(HttpMethod.Put, $"/v1/audit/siem/{id}", """{"enabled":false}""");

        var attempts = (await GetAsync($"/v1/audit/siem/{id}/attempts")).Body.GetProperty("attempts");
        var gap = (await GetAsync($"/v1/audit/siem/{id}/gaps")).Body.GetProperty("gaps")[0];

        Assert.Equal(
            ["at", "first_sequence", "last_sequence", "events", "bytes", "duration_ms", "result", "class", "http_status", "message"],
            attempts[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal(("delivered", 200), (attempts[0].GetProperty("result").GetString(), attempts[0].GetProperty("http_status").GetInt32()));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"/v1/audit/siem/{id}/attempts?replay_id=rpl_1")).Status);
        Assert.Equal(["id", "reason", "first", "last", "count", "opened_at", "closed_at", "refilled_at"], gap.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("disabled", 2), (gap.GetProperty("reason").GetString(), gap.GetProperty("first").GetInt32()));
    }

    [Fact]
    public async Task A_destination_is_tested_before_there_is_one()
    {
        var test = await PostAsync("/v1/audit/siem/test", Webhook());

        Assert.Equal((HttpStatusCode.OK, true), (test.Status, test.Body.GetProperty("ok").GetBoolean()));
        Assert.Contains("sluice.destination.test", Encoding.UTF8.GetString(Assert.Single(_receiver.Accepted).Body), StringComparison.Ordinal);
        Assert.Empty((await GetAsync("/v1/audit/siem")).Body.GetProperty("destinations").EnumerateArray());
        Assert.Empty(_streams.AllStored());
        Assert.Equal((HttpStatusCode.BadRequest, "missing_field"), await CodeAsync(HttpMethod.Post, "/v1/audit/siem/test", """{"provider":"webhook"}"""));
    }

    [Fact]
    public async Task A_change_is_tested_with_the_secrets_that_stay_and_changes_nothing()
    {
        var id = Text(await PostAsync("/v1/audit/siem", Webhook()), "id");
        var before = (await GetAsync($"/v1/audit/siem/{id}")).Body.GetRawText();

        var test = await PostAsync("/v1/audit/siem/test", $$"""{"id":"{{id}}","endpoint":"{{_receiver.Address}}elsewhere"}""");

        Assert.True(test.Body.GetProperty("ok").GetBoolean());
        var sent = Assert.Single(_receiver.Accepted);
        Assert.Equal("/elsewhere", sent.Path);
        Assert.True(sent.Headers.ContainsKey("X-Sluice-Signature"));
        Assert.Equal(before, (await GetAsync($"/v1/audit/siem/{id}")).Body.GetRawText());
        Assert.Equal((HttpStatusCode.NotFound, "not_found"), await CodeAsync(HttpMethod.Post, "/v1/audit/siem/test", """{"id":"siem_x"}"""));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_type"), await CodeAsync(HttpMethod.Post, "/v1/audit/siem/test", """{"id":7}"""));
    }

    [Fact]
    public async Task How_far_it_was_behind_is_shown()
    {
        var id = Text(await PostAsync("/v1/audit/siem", Webhook()), "id");
        var minute = Timestamp.Now(_streams.Time) / LagSample.Step * LagSample.Step;
        await _streams.Store.KeepLagAsync([(id, new LagSample(minute, 1_204, 33))]);

        var sample = (await GetAsync($"/v1/audit/siem/{id}/lag")).Body.GetProperty("samples").EnumerateArray().Single();

        Assert.Equal($$"""{"at":"{{Timestamp.Text(minute)}}","events":1204,"seconds":33}""", sample.GetRawText());
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        foreach (var path in new[] { "", "/lag", "/attempts", "/gaps", "/dead-letters" })
            Assert.Equal((HttpStatusCode.NotFound, "not_found"), await CodeAsync(HttpMethod.Get, $"/v1/audit/siem/siem_x{path}"));
        foreach (var path in new[] { "/test", "/resume" })
            Assert.Equal((HttpStatusCode.NotFound, "not_found"), await CodeAsync(HttpMethod.Post, $"/v1/audit/siem/siem_x{path}"));
        Assert.Equal((HttpStatusCode.NotFound, "not_found"), await CodeAsync(HttpMethod.Delete, "/v1/audit/siem/siem_x"));
    }

    [Fact]
    public async Task Only_what_has_failed_is_resumed()
    {
        var id = Text(await PostAsync("/v1/audit/siem", Webhook()), "id");

        Assert.Equal((HttpStatusCode.Conflict, "not_failed"), await CodeAsync(HttpMethod.Post, $"/v1/audit/siem/{id}/resume"));
    }

    private string Webhook() => $$"""{"provider":"webhook","endpoint":"{{_receiver.Address}}","secret":"s3cret"}""";

    private async Task<(HttpStatusCode, string)> CodeAsync(HttpMethod method, string path, string? json = null)
    {
        var answer = await SendAsync(method, path, json);
        return (answer.Status, Text(answer, "code"));
    }

    private static string Text((HttpStatusCode, JsonElement Body) answer, string member) => answer.Body.GetProperty(member).GetString()!;

    private Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    private Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, json);

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }
}
