using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Tests.Server.Endpoints;

namespace Sluice.Tests.Server.Dialects;

/// <summary>It is 2026-03-15T08:00:00Z on the server.</summary>
public sealed class ZaitaListTests
{
    private const string Path = "/v1/zaita/audit-events", Over = "to=2026-03-15T08:00:00Z";

    [Theory]
    [InlineData("", "0 1 2 3 4 5")]
    [InlineData("from=2026-03-15T07:02:00Z", "2 3 4 5")]
    [InlineData("to=2026-03-15T07:02:00Z", "0 1")]
    [InlineData("from=2026-03-15T08:01:00%2B01:00&to=2026-03-15T02:03:00-05:00", "1 2")]
    [InlineData("event_type=certificate.issue", "0 3")]
    [InlineData("event_type=certificate.*", "0 3 4")]
    [InlineData("event_type=certificate", "")]
    [InlineData("actor=u2", "1 3")]
    [InlineData("actor=m1", "5")]
    [InlineData("resource_type=certificate", "0 3 4")]
    [InlineData("resource_id=c1", "0 4")]
    [InlineData("actor=u1&event_type=certificate.*&resource_type=certificate&resource_id=c1&from=2026-03-15T07:00:00Z&to=2026-03-15T07:04:00Z", "0")]
    [InlineData("tenant_id=t2", "1")]
    [InlineData("actor=u1%22 OR id NE %22", "")]
    public async Task Each_parameter_narrows_and_together_they_narrow_together(string query, string expected)
    {
        await using var server = await QueryServer.StartAsync();
        AddSix(server);

        Assert.Equal(expected, string.Join(' ', (await PageAsync(server, query)).Ids));
    }

    [Fact]
    public async Task Four_filters_at_once_over_all_pages_are_what_brute_force_finds()
    {
        await using var server = await QueryServer.StartAsync();
        var random = new Random(5);
        string[] actions = ["certificate.issue", "certificate.renew", "certificates.count", "user.login"];
        var events = Enumerable.Range(0, 4_000).Select(i => (Id: $"{i}", Minute: random.Next(60), Action: actions[random.Next(4)], Actor: random.Next(3), Resource: random.Next(4))).ToList();
        foreach (var e in events) server.Happened($"2026-03-15T07:{e.Minute:00}:00.000000000Z", e.Action, $"{(e.Resource < 3 ? "certificate" : "door")}/r{e.Resource}", $"user/u{e.Actor}");

        var found = await WalkAsync(server, "from=2026-03-15T07:10:00Z&to=2026-03-15T07:50:00Z&event_type=certificate.*&actor=u1&resource_type=certificate&resource_id=r2&page_size=7");

        Assert.Equal(
            events.Where(e => e is { Minute: >= 10 and < 50, Action: "certificate.issue" or "certificate.renew", Actor: 1, Resource: 2 }).Select(e => e.Id), found);
        Assert.True(found.Count > 50);
    }

    [Fact]
    public async Task Whoever_keeps_the_last_token_sees_each_event_once_whatever_its_time_and_whoever_asks_until_there_is_none_comes_to_an_end()
    {
        await using var server = await QueryServer.StartAsync();
        var (seen, kept) = (new List<string>(), "");
        for (var poll = 0; poll < 12; poll++)
        {
            for (var i = 0; i < poll % 4 * 3; i++) server.Happened($"2026-03-15T0{9 - poll % 4}:{i:00}:00.000000000Z", "user.login", null);
            for (string? token = kept; token is not null;)
            {
                var page = await PageAsync(server, $"page_size=4&page_token={token}");
                seen.AddRange(page.Ids);
                (token, kept) = (page.Token, page.Token ?? kept);
            }
        }

        Assert.Equal(Enumerable.Range(0, 54).Select(i => $"{i}"), seen);
    }

    [Fact]
    public async Task The_last_page_of_a_time_that_is_over_has_no_token_and_that_of_one_that_goes_on_has()
    {
        await using var server = await QueryServer.StartAsync();
        AddSix(server);

        Assert.Null((await PageAsync(server, Over)).Token);
        Assert.Null((await PageAsync(server, $"{Over}&page_size=6")).Token);
        Assert.NotNull((await PageAsync(server, $"{Over}&page_size=5")).Token);
        Assert.NotNull((await PageAsync(server, "to=2026-03-15T08:00:00.001Z")).Token);
        Assert.NotNull((await PageAsync(server, "")).Token);
        Assert.Null((await PageAsync(server, "actor=nobody")).Token);
    }

    [Fact]
    public async Task A_token_goes_on_with_its_own_parameters_and_serves_its_tenant_only()
    {
        await using var server = await QueryServer.StartAsync(20);
        var token = (await PageAsync(server, "page_size=1&event_type=a.1", "t1")).Token;

        Assert.Equal(["10", "16"], (await PageAsync(server, $"page_token={token}", "t1")).Ids);
        Assert.Equal(["10", "16"], (await PageAsync(server, $"page_token={token}&event_type=a.1&page_size=9", "t1")).Ids);
        (await server.GetAsync($"{Path}?page_token={token}&event_type=a.2", "t1")).IsProblem(400, "page_token_mismatch", "page_token");
        (await server.GetAsync($"{Path}?page_token={token}", "t2")).IsProblem(403, "forbidden_tenant", "page_token");
        (await server.GetAsync($"{Path}?page_token={token}")).IsProblem(403, "forbidden_tenant", "page_token");
        (await server.GetAsync($"{Path}?tenant_id=t2", "t1")).IsProblem(403, "forbidden_tenant", "tenant_id");
        for (var at = 0; at < token!.Length; at++)
        {
            var changed = token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];
            (await server.GetAsync($"{Path}?page_token={changed}", "t1")).IsProblem(400, "invalid_page_token", "page_token");
        }

        var own = (await server.PageAsync("order=asc&page_size=1", "t1")).Token;
        (await server.GetAsync($"{Path}?page_token={own}", "t1")).IsProblem(400, "invalid_page_token", "page_token");
        (await server.GetAsync($"/events?page_token={token}", "t1")).IsProblem(400, "invalid_page_token");
    }

    [Fact]
    public async Task What_retention_took_of_the_rest_is_a_gap_with_the_way_on()
    {
        await using var server = await QueryServer.StartAsync(9);
        var token = (await PageAsync(server, "page_size=2")).Token;
        server.Main.DropBefore(6);

        var gap = await server.GetAsync($"{Path}?page_token={token}");
        gap.IsProblem(410, "gap");
        Assert.Equal((2, 5), (gap.Json.GetProperty("first").GetInt64(), gap.Json.GetProperty("last").GetInt64()));
        Assert.Equal(["6", "7", "8"], (await PageAsync(server, $"page_token={gap["resume_page_token"]}")).Ids);
    }

    [Theory]
    [InlineData("page_size=0", "invalid_parameter", "page_size")]
    [InlineData("page_size=10001", "invalid_parameter", "page_size")]
    [InlineData("from=yesterday", "invalid_parameter", "from")]
    [InlineData("to=1", "invalid_parameter", "to")]
    [InlineData("event_type=*", "invalid_parameter", "event_type")]
    [InlineData("event_type=.*", "invalid_parameter", "event_type")]
    [InlineData("event_type=certificate*", "invalid_parameter", "event_type")]
    [InlineData("event_type=*.issue", "invalid_parameter", "event_type")]
    [InlineData("event_type=a.*.*", "invalid_parameter", "event_type")]
    [InlineData("event=x", "unknown_parameter", "event")]
    [InlineData("actor=a&actor=b", "invalid_parameter", "actor")]
    [InlineData("page_token=x", "invalid_page_token", "page_token")]
    public async Task A_wrong_parameter_is_refused_by_name(string query, string code, string field)
    {
        await using var server = await QueryServer.StartAsync(1);

        (await server.GetAsync($"{Path}?{query}")).IsProblem(400, code, field);
    }

    [Fact]
    public async Task The_documents_event_is_answered_as_the_document_shows_it()
    {
        const string Shown = """{"event_id":"evt_a1b2c3d4e5f6","timestamp":"2026-03-15T08:42:17.003Z","tenant_id":"tnt_7g8h9i0j","actor":{"type":"user","id":"usr_k1l2m3n4","email":"[email protected]"},"action":"certificate.issue","resource":{"type":"certificate","id":"crt_o5p6q7r8","name":"api.example.com"},"outcome":"success","metadata":{"ca_id":"ca_s9t0u1v2","algorithm":"ECDSA-P384","validity_days":365},"source_ip":"203.0.113.42"}""";
        await using var server = await RunningServer.StartAsync();
        var sent = JsonNode.Parse(Shown)!.AsObject();
        sent["id"] = sent["event_id"]!.DeepClone();
        sent.Remove("event_id");
        Assert.Equal(200, (await server.CallAsync("POST", "/v1/audit/events", body: sent.ToJsonString())).Status);

        var page = (await server.CallAsync("GET", $"{Path}?event_type=certificate.*&resource_id=crt_o5p6q7r8")).Json;

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Shown), JsonNode.Parse(Assert.Single(page.GetProperty("events").EnumerateArray()).GetRawText())), page.GetRawText());
    }

    private static void AddSix(QueryServer server)
    {
        server.Happened("2026-03-15T07:00:00.000000000Z", "certificate.issue", "certificate/c1");
        server.Happened("2026-03-15T07:01:00.000000000Z", "user.login", null, "user/u2", "t2");
        server.Happened("2026-03-15T07:02:00.000000000Z", "certificates.count", "scan/s1");
        server.Happened("2026-03-15T07:03:00.000000000Z", "certificate.issue", "certificate/c2", "user/u2");
        server.Happened("2026-03-15T07:04:00.000000000Z", "certificate.renew", "certificate/c1");
        server.Happened("2026-03-15T07:05:00.000000000Z", "api.authenticate", null, "machine/m1");
    }

    private static async Task<List<string>> WalkAsync(QueryServer server, string query)
    {
        var found = new List<string>();
        for (var page = await PageAsync(server, query); ; page = await PageAsync(server, $"page_size=7&page_token={page.Token}"))
        {
            found.AddRange(page.Ids);
            if (page.Token is null) return found;
        }
    }

    private static async Task<(string[] Ids, string? Token)> PageAsync(QueryServer server, string query, string? tenant = null)
    {
        var answer = await server.GetAsync($"{Path}?{query}", tenant);
        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(["events", "next_page_token"], answer.Json.EnumerateObject().Select(member => member.Name));
        return ([.. answer.Json.GetProperty("events").EnumerateArray().Select(IdOf)], answer.Json.GetProperty("next_page_token").GetString());
    }

    private static string IdOf(JsonElement shown) => shown.GetProperty("event_id").GetString()![1..];
}
