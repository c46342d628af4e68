using System.Net;
using Sluice.Tenants;

namespace Sluice.Tests.Server.SelfAudit;

/// <summary>Who reads Sluice's own ledger through the API makes events there by that, and comes to an end all the same.</summary>
public sealed class OwnWalkTests
{
    private const int TooMany = 50;

    [Fact]
    public async Task Pollers_that_go_on_until_a_page_is_empty_end_and_so_do_those_that_go_on_while_there_is_more()
    {
        await using var server = await RunningServer.StartAsync();
        for (var i = 0; i < 5; i++) await server.CallAsync("GET", "/v1/audit/stats");

        string? token = "";
        for (var round = 0; round < 3; round++) (token, _) = await PollAsync(server, token, (page, _) => page.Count > 0);
        for (var round = 0; round < 3; round++) (token, _) = await PollAsync(server, token, (_, more) => more);
    }

    [Fact]
    public async Task A_walk_never_contains_the_calls_that_fetched_its_own_earlier_pages_and_the_next_one_does()
    {
        await using var server = await RunningServer.StartAsync();
        for (var i = 0; i < 5; i++) await server.CallAsync("GET", "/v1/audit/stats");
        await OwnEvents.OfAsync(server);

        var (token, first) = await PollAsync(server, "", (page, _) => page.Count > 0, size: 2);
        var (_, second) = await PollAsync(server, token, (page, _) => page.Count > 0, size: 2);

        Assert.DoesNotContain(first.Events, one => first.Calls.Contains(one.RequestId!));
        Assert.Equal(first.Calls.Order(), second.Events.Select(one => one.RequestId!).Intersect(first.Calls).Order());
        Assert.Empty(first.Events.Select(one => one.Sequence).Intersect(second.Events.Select(one => one.Sequence)));
        Assert.Equal(Enumerable.Range(0, first.Events.Count + second.Events.Count), first.Events.Concat(second.Events).Select(one => (int)one.Sequence));
    }

    [Fact]
    public async Task A_tenant_sees_what_concerns_it_and_nothing_else_along_every_way_of_reading()
    {
        await using var server = await RunningServer.StartAsync();
        var (acme, other) = (server.Key(Role.Admin, "acme"), server.Key(Role.Admin, "other"));
        await server.CallAsync("GET", "/v1/audit/stats", other);
        await server.CallAsync("POST", "/v1/audit/siem", body: """{"provider":"webhook","endpoint":"https://siem.example.com","secret":"s","tenant_id":"acme","enabled":false}""");
        var mine = (await server.CallAsync("GET", "/v1/audit/stats", acme)).Headers["X-Request-Id"];

        var seen = await OwnEvents.OfAsync(server, query: "source=sluice", key: acme);
        var exported = (await server.CallAsync("GET", "/v1/audit/export?source=sluice", acme)).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var counted = (await server.CallAsync("GET", "/v1/audit/stats?source=sluice&group_by=metadata.tenant_id", acme)).Json.GetProperty("groups");

        Assert.All(seen, one => Assert.Equal("acme", one.Text("metadata.tenant_id")));
        Assert.Contains(seen, one => one.Text("request_id") == mine);
        Assert.Contains(seen, one => one.Text("action") == "sluice.destination.created");
        Assert.All(exported, line => Assert.Contains("\"tenant_id\":\"acme\"", line, StringComparison.Ordinal));
        Assert.Equal("acme", Assert.Single(counted.EnumerateArray()).GetProperty("key").GetProperty("metadata.tenant_id").GetString());
        Assert.Empty(await OwnEvents.OfAsync(server, "metadata.tenant_id EQ \"other\"", "source=sluice", acme));
        (await server.CallAsync("GET", "/v1/audit/events?source=sluice&tenant_id=other", acme)).IsProblem(403, "forbidden_tenant");
        (await server.CallAsync("GET", "/v1/audit/events?tenant_id=_sluice", acme)).IsProblem(403, "forbidden_tenant");
        (await server.CallAsync("GET", "/v1/audit/events?source=other", acme)).IsProblem(400, "invalid_parameter", "source");
    }

    [Fact]
    public async Task A_tenants_token_goes_on_behind_its_wall()
    {
        await using var server = await RunningServer.StartAsync();
        var (acme, other) = (server.Key(Role.Reader, "acme"), server.Key(Role.Reader, "other"));
        for (var i = 0; i < 3; i++)
        {
            await server.CallAsync("GET", "/v1/audit/stats", acme);
            await server.CallAsync("GET", "/v1/audit/stats", other);
        }

        await OwnEvents.OfAsync(server);
        var (token, walked) = await PollAsync(server, "", (page, _) => page.Count > 0, size: 1, "source=sluice", acme);

        Assert.True(walked.Events.Count >= 4);
        Assert.All(walked.Events, one => Assert.Equal("acme", one.Tenant));
        (await server.CallAsync("GET", $"/v1/audit/events?page_token={token}", other)).IsProblem(403, "forbidden_tenant");
    }

    [Fact]
    public async Task A_walk_by_Vezas_export_ends_too_and_Zaitas_call_says_where_to_ask()
    {
        await using var server = await RunningServer.StartAsync();
        for (var i = 0; i < 5; i++) await server.CallAsync("GET", "/v1/audit/stats");
        var (seen, calls, token) = (new List<string>(), new List<string>(), "");
        for (var more = true; more;)
        {
            var place = token.Length > 0 ? "page_token=" + WebUtility.UrlEncode(token) : "tenant_id=_sluice&filter=" + WebUtility.UrlEncode("persisted_at GE \"2026-03-14T00:00:00Z\"");
            var answer = await server.CallAsync("GET", $"/api/preview/system/audit/export?page_size=2&{place}");
            Assert.True(answer.Status == 200 && calls.Count < TooMany, answer.Text);
            calls.Add(answer.Headers["X-Request-Id"]);
            var page = answer.Json.GetProperty("values").EnumerateArray().ToList();
            seen.AddRange(page.Select(one => one.Text("request_id")!));
            (token, more) = (answer["next_page_token"]!, page.Count > 0);
        }

        Assert.True(seen.Count >= 5);
        Assert.Empty(seen.Intersect(calls));
        (await server.CallAsync("GET", "/v1/zaita/audit-events?tenant_id=_sluice")).IsProblem(400, "invalid_parameter");
    }

    [Fact]
    public async Task A_mutation_of_GitLabs_is_recorded_as_a_call_and_as_a_change_without_what_it_carried()
    {
        await using var server = await RunningServer.StartAsync();
        const string Query = "mutation Add($url: String!) { instanceExternalAuditEventDestinationCreate(input: {destinationUrl: $url, name: \"soc\"}) { errors } }";

        var id = (await server.CallAsync("POST", "/api/graphql", body: new { query = Query, operationName = "Add", variables = new { url = "https://u:s3cret@siem.example.com/in" } })).Headers["X-Request-Id"];

        var changed = await OwnEvents.OneAsync(server, "action EQ \"sluice.destination.created\"");
        var call = await OwnEvents.OneAsync(server, $"action EQ \"sluice.api.call\" AND request_id EQ \"{id}\"");
        Assert.Equal((id, "key_env", "soc"), (changed.Text("request_id"), changed.Text("api_key_id"), changed.Text("metadata.after.name")));
        Assert.Equal(("/sluice.v1.GitLabService/Execute", """["Add"]"""), (call.Text("api_call.endpoint"), call.Text("api_call.request.operationName")));
        Assert.DoesNotContain("s3cret", string.Join("\n", await OwnEvents.OfAsync(server)), StringComparison.Ordinal);
    }

    private static async Task<(string? Token, Walk Walk)> PollAsync(
        RunningServer server, string? token, Func<List<Seen>, bool, bool> goOn, int size = 100, string query = "tenant_id=_sluice", string key = RunningServer.AdminKey)
    {
        var walk = new Walk([], []);
        for (var calls = 0; calls < TooMany; calls++)
        {
            var place = string.IsNullOrEmpty(token) ? query + "&order=asc" : "page_token=" + WebUtility.UrlEncode(token);
            var answer = await server.CallAsync("GET", $"/v1/audit/events?{place}&page_size={size}", key);
            Assert.True(answer.Status == 200, answer.Text);
            walk.Calls.Add(answer.Headers["X-Request-Id"]);
            List<Seen> page = [.. answer.Json.GetProperty("events").EnumerateArray().Select(one => new Seen(one.GetProperty("sequence").GetInt64(), one.Text("request_id"), one.Text("metadata.tenant_id")))];
            walk.Events.AddRange(page);
            token = answer["next_page_token"];
            if (!goOn(page, answer.Json.GetProperty("has_more").GetBoolean())) return (token, walk);
        }

        throw new InvalidOperationException("The walk follows its own traces.");
    }

    private sealed record Seen(long Sequence, string? RequestId, string? Tenant);

    private sealed record Walk(List<Seen> Events, List<string> Calls);
}
