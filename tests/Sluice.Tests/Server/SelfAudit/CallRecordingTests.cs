using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sluice.Tenants;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Server.SelfAudit;

/// <summary>Every call is an event of Sluice's own ledger, however it ends.</summary>
public sealed class CallRecordingTests
{
    private const string Event = """{"action":"user.login","outcome":"success","actor":{"type":"user","id":"u"}}""";

    [Fact]
    public async Task A_call_stands_with_who_what_when_and_what_came_of_it()
    {
        await using var server = await RunningServer.StartAsync();
        var key = server.Key(Role.Auditor, "acme");

        var answer = await server.CallAsync("GET", "/v1/audit/events?page_size=1&page_token=&api_key=hunter2&filter=action%20EQ%20%22a%22", key, headers: ("User-Agent", "collector/1"));
        var told = await OwnEvents.OneAsync(server, $"request_id EQ \"{answer.Headers["X-Request-Id"]}\"");

        Assert.Equal(("sluice.api.call", "failure", "_sluice"), (told.Text("action"), told.Text("outcome"), told.Text("tenant_id")));
        Assert.Equal(("/sluice.v1.EventService/ListEvents", "GET", "INVALID_ARGUMENT", "400"), (told.Text("api_call.endpoint"), told.Text("api_call.method"), told.Text("api_call.grpc_code"), told.Text("api_call.http_status")));
        Assert.StartsWith("unknown_parameter: ", told.Text("api_call.error_reason"), StringComparison.Ordinal);
        Assert.Equal("/v1/audit/events?page_size=1&page_token=***&api_key=***&filter=action%20EQ%20%22a%22", told.Text("api_call.url"));
        Assert.Equal((told.Text("actor.id"), "machine", "acme", "collector/1"), (told.Text("api_key_id"), told.Text("actor.type"), told.Text("metadata.tenant_id"), told.Text("user_agent")));
        Assert.Null(told.Text("session_id"));
        Assert.Equal(told.Text("timestamp"), told.Text("api_call.ended_at"));
        Assert.True(string.CompareOrdinal(told.Text("api_call.started_at"), told.Text("api_call.ended_at")) <= 0);
    }

    [Fact]
    public async Task Making_a_key_leaves_its_members_and_no_trace_of_its_text()
    {
        await using var server = await RunningServer.StartAsync();

        var made = await server.CallAsync("POST", "/v1/access/keys", body: """{"name":"collector","role":"reader","tenant_id":"acme"}""");
        var call = await OwnEvents.OneAsync(server, $"request_id EQ \"{made.Headers["X-Request-Id"]}\" AND action EQ \"sluice.api.call\"");
        var everything = string.Join("\n", await OwnEvents.OfAsync(server));

        Assert.Equal(("collector", "reader"), (call.Text("api_call.request.name"), call.Text("api_call.request.role")));
        Assert.Equal((made["id"], "collector", "acme"), (call.Text("api_call.response.id"), call.Text("api_call.response.name"), call.Text("api_call.response.tenant_id")));
        Assert.Null(call.Text("api_call.response.key"));
        Assert.DoesNotContain(made["key"]!, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(made["prefix"]!, everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Random_calls_are_all_there_each_once_also_those_that_throw_or_whose_caller_leaves()
    {
        await using var server = await RunningServer.StartAsync(more: Misbehave);
        var keys = new[] { RunningServer.AdminKey, server.Key(Role.Reader, "acme"), server.Key(Role.Writer), null, "slc_live_wrong", server.Key(Role.Operator, "other") };
        var (random, alone, anonymous, ingested) = (new Random(5), new HashSet<string>(), 0, 0);
        for (var i = 0; i < 300; i++)
        {
            var (method, path, body) = Calls[random.Next(Calls.Length)];
            var (key, id) = (keys[random.Next(keys.Length)], $"walk-{i}");
            var answer = path == "/slow" ? null : await server.CallAsync(method, path, key, body, ("X-Request-Id", id));
            if (path == "/slow") await LeaveAsync(server, key, id);
            if (answer is { Status: 200 } && method == "POST" && path == "/v1/audit/events") ingested++;
            else if (key is null or "slc_live_wrong" || method == "PATCH" || path is "/slow" or "/boom" or "/nowhere") anonymous++;
            else alone.Add(id);
        }

        server.Time.Advance(TimeSpan.FromSeconds(2));   // what was folded is over
        List<System.Text.Json.JsonElement> told = [];
        await Eventually.TrueAsync(async () =>
        {
            told = await OwnEvents.OfAsync(server);
            return Sum(told, "sluice.api.ingest") >= ingested && Sum(told, "sluice.api.anonymous") + Walked(told, known: false).Count >= anonymous && Walked(told, known: true).Count >= alone.Count;
        });

        Assert.Equal(ingested, Sum(told, "sluice.api.ingest"));
        Assert.Equal(ingested, told.Sum(one => int.Parse(one.Text("metadata.events") ?? "0", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(anonymous, Sum(told, "sluice.api.anonymous") + Walked(told, known: false).Count);
        Assert.Equal(alone.Order(), Walked(told, known: true).Order());
    }

    [Theory]
    [InlineData("/boom", "500", "INTERNAL", "internal: ")]
    [InlineData("/half", "500", "INTERNAL", "")]
    [InlineData("/slow", "499", "CANCELLED", "The caller left")]
    [InlineData("/nowhere", "404", "NOT_FOUND", "not_found: ")]
    public async Task A_call_that_goes_wrong_is_told_as_it_went(string path, string status, string code, string reason)
    {
        await using var server = await RunningServer.StartAsync(more: Misbehave);

        if (path == "/slow") await LeaveAsync(server, null, "wrong-1");
        else if (path == "/half") await Assert.ThrowsAnyAsync<Exception>(() => server.CallAsync("GET", path, null, null, ("X-Request-Id", "wrong-1")));
        else await server.CallAsync("GET", path, null, null, ("X-Request-Id", "wrong-1"));
        var told = await OwnEvents.OneAsync(server, "request_id EQ \"wrong-1\"");

        Assert.Equal((status, code, "failure"), (told.Text("api_call.http_status"), told.Text("api_call.grpc_code"), told.Text("outcome")));
        Assert.StartsWith(reason, told.Text("api_call.error_reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_when_the_server_stops_is_written()
    {
        await using var server = await RunningServer.StartAsync();
        await server.CallAsync("POST", "/v1/audit/events", body: Event);
        await server.CallAsync("GET", "/v1/audit/stats", headers: ("X-Request-Id", "last"));

        await server.StopAsync();

        var ledger = ((Sluice.Storage.LedgerDirectory)server.Services.GetService(typeof(Sluice.Storage.LedgerDirectory))!).Sluice;
        using var page = new Sluice.Storage.EventPage();
        await ledger.ReadAsync(page, 0, ledger.Size, 100, 1 << 20, default);
        var texts = Enumerable.Range(0, page.Count).Select(i => System.Text.Encoding.UTF8.GetString(page[i].Body.Span)).ToList();
        Assert.Contains(texts, text => text.Contains("\"last\"", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("sluice.api.ingest", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Probes_are_no_calls_and_refused_ones_are()
    {
        await using var server = await RunningServer.StartAsync();

        await server.CallAsync("GET", "/healthz", null, null, ("X-Request-Id", "probe-1"));
        await server.CallAsync("GET", "/metrics", RunningServer.AdminKey, null, ("X-Request-Id", "probe-2"));
        await server.CallAsync("GET", "/metrics", null, null, ("X-Request-Id", "probe-3"));

        Assert.Equal("probe-3", (await OwnEvents.OneAsync(server, "request_id PREFIX \"probe\"")).Text("request_id"));
    }

    [Fact]
    public async Task A_burst_of_denials_is_told_once_and_a_few_are_not()
    {
        await using var server = await RunningServer.StartAsync(new() { ["Sluice:Audit:DenialBurst"] = "5" });
        var key = server.Key(Role.Writer, "acme");

        for (var i = 0; i < 4; i++) await server.CallAsync("GET", "/v1/audit/stats", key);
        await server.CallAsync("GET", "/v1/audit/stats", null);
        Assert.Empty(await OwnEvents.OfAsync(server, "action EQ \"sluice.security.denial_burst\""));
        for (var i = 0; i < 20; i++) await server.CallAsync("GET", "/v1/audit/stats", key);

        var told = await OwnEvents.OneAsync(server, "action EQ \"sluice.security.denial_burst\"");
        Assert.Equal(("5", "acme", "access_key"), (told.Text("metadata.denials"), told.Text("metadata.tenant_id"), told.Text("resource.type")));
    }

    [Fact]
    public async Task A_key_that_slept_is_told_of_when_it_wakes_and_only_then()
    {
        await using var server = await RunningServer.StartAsync();
        var key = server.Key(Role.Reader);
        await server.CallAsync("GET", "/v1/audit/stats", key);
        server.Time.Advance(TimeSpan.FromDays(89));
        await server.CallAsync("GET", "/v1/audit/stats", key);
        Assert.Empty(await OwnEvents.OfAsync(server, "action EQ \"sluice.security.dormant_key\""));

        server.Time.Advance(TimeSpan.FromDays(91));
        for (var i = 0; i < 3; i++) await server.CallAsync("GET", "/v1/audit/stats", key);

        Assert.Equal("91", (await OwnEvents.OneAsync(server, "action EQ \"sluice.security.dormant_key\"")).Text("metadata.days"));
    }

    [Fact]
    public async Task Calls_are_counted_by_user_endpoint_action_and_hour_in_one_query()
    {
        await using var server = await RunningServer.StartAsync();
        var key = server.Key(Role.Reader);
        for (var i = 0; i < 3; i++) await server.CallAsync("GET", "/v1/audit/stats", key);
        await Eventually.TrueAsync(async () => (await OwnEvents.OfAsync(server, "api_call.endpoint EQ \"/sluice.v1.EventService/CountEvents\"")).Count == 3);

        var counted = await server.CallAsync("GET", "/v1/audit/stats?tenant_id=_sluice&group_by=actor.id,api_call.endpoint,action&interval=1h&filter=api_key_id%20NE%20%22key_env%22%20AND%20action%20EQ%20%22sluice.api.call%22");

        var group = Assert.Single(counted.Json.GetProperty("groups").EnumerateArray());
        Assert.Equal(("3", "/sluice.v1.EventService/CountEvents", "2026-03-15T08:00:00.000000000Z"), (group.Text("count"), group.GetProperty("key").GetProperty("api_call.endpoint").GetString(), group.Text("start")));
    }

    private static readonly (string Method, string Path, string? Body)[] Calls =
    [
        ("POST", "/v1/audit/events", Event), ("POST", "/v1/audit/events", Event), ("POST", "/v1/audit/events", "{"), ("GET", "/v1/audit/events", null), ("GET", "/v1/audit/events?filter=%22", null),
        ("GET", "/v1/audit/stats?group_by=action", null), ("GET", "/v1/audit/export", null), ("GET", "/v1/audit/events/none", null), ("GET", "/v1/audit/siem", null),
        ("POST", "/v1/audit/siem", """{"provider":"fax"}"""), ("POST", "/v1/access/keys", """{"name":"k","role":"reader"}"""), ("POST", "/v1/access/keys", "[]"), ("DELETE", "/v1/access/keys/none", null),
        ("GET", "/v1/nodes", null), ("GET", "/v1/audit/event-types", null), ("PUT", "/v1/audit/retention", """{"days":30}"""), ("PATCH", "/v1/audit/events", null),
        ("GET", "/nowhere", null), ("GET", "/boom", null), ("GET", "/slow", null),
    ];

    private static void Misbehave(WebApplication app)
    {
        app.MapGet("/boom", (HttpContext _) => throw new InvalidOperationException("as asked"));
        app.MapGet("/half", async context =>
        {
            await context.Response.WriteAsync("begun");
            await context.Response.Body.FlushAsync();
            throw new InvalidOperationException("as asked");
        });
        app.MapGet("/slow", context => Task.Delay(Timeout.Infinite, context.RequestAborted));
    }

    private static async Task LeaveAsync(RunningServer server, string? key, string id)
    {
        using var leaving = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.CallAsync("GET", "/slow", key, null, leaving.Token, ("X-Request-Id", id)));
    }

    private static int Sum(List<System.Text.Json.JsonElement> told, string action) =>
        told.Where(one => one.Text("action") == action).Sum(one => int.Parse(one.Text("metadata.calls")!, System.Globalization.CultureInfo.InvariantCulture));

    private static List<string> Walked(List<System.Text.Json.JsonElement> told, bool known) =>
        [.. told.Where(one => one.Text("action") is "sluice.api.call" or "sluice.api.denied" && (one.Text("api_key_id") is not null) == known).Select(one => one.Text("request_id")!).Where(id => id.StartsWith("walk-", StringComparison.Ordinal))];
}
