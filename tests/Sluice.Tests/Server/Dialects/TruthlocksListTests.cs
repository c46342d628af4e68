using System.Net;
using System.Text.Json;
using Sluice.Ledger;
using Sluice.Tests.Server.Endpoints;

namespace Sluice.Tests.Server.Dialects;

public sealed class TruthlocksListTests
{
    [Fact]
    public async Task The_newest_fifty_come_first_and_the_cursor_leads_to_the_oldest()
    {
        await using var server = await QueryServer.StartAsync(120);

        var (first, cursor) = await PageAsync(server, "");
        var (second, next) = await PageAsync(server, $"cursor={cursor}&limit=60");
        var (last, end) = await PageAsync(server, $"cursor={next}");

        Assert.Equal((50, 60, 10), (first.Length, second.Length, last.Length));
        Assert.Equal(Enumerable.Range(0, 120).Reverse().Select(i => $"e{i}"), first.Concat(second).Concat(last));
        Assert.Null(end);
    }

    [Theory]
    [InlineData("actor=u1", "e6 e1")]
    [InlineData("action=a.2", "e8 e5 e2")]
    [InlineData("actor=u1&action=a.0", "e6")]
    [InlineData("resource_type=door", "e9")]
    [InlineData("from=2026-03-15T08:03:17.003Z&to=2026-03-15T10:05:17.003%2B02:00", "e4 e3")]
    [InlineData("actor=u1%22 OR id NE %22", "")]
    public async Task Each_parameter_narrows(string query, string expected)
    {
        await using var server = await QueryServer.StartAsync(9);
        server.Add("e9", "t1", "\"resource\":{\"id\":\"d\",\"type\":\"door\"},");

        Assert.Equal(expected, string.Join(' ', (await PageAsync(server, query)).Ids));
    }

    [Fact]
    public async Task An_event_is_shown_as_it_is_streamed()
    {
        await using var server = await QueryServer.StartAsync();
        server.Add("evt_abc123", "tenant-uuid", "\"metadata\":{\"claim\":\"email_verified\"},");

        Assert.Equal(
            $$"""{"id":"evt_abc123","timestamp":"2026-03-15T08:00:17.003Z","tenant_id":"tenant-uuid","actor_type":"USER","actor_id":"u0","action":"a.0","outcome":"SUCCESS","metadata":{"claim":"email_verified"},"integrity_hash":"{{EventHash.Text(server.Main[0].Digest)}}"}""",
            JsonSerializer.Serialize((await server.GetAsync("")).Json.GetProperty("items")[0]));
    }

    [Theory]
    [InlineData("limit=0", "invalid_parameter", "limit")]
    [InlineData("limit=1001", "invalid_parameter", "limit")]
    [InlineData("from=yesterday", "invalid_parameter", "from")]
    [InlineData("actors=x", "unknown_parameter", "actors")]
    [InlineData("cursor=x", "invalid_page_token", "cursor")]
    public async Task A_wrong_parameter_is_refused_by_name(string query, string code, string field)
    {
        await using var server = await QueryServer.StartAsync(1);

        (await server.GetAsync($"?{query}")).IsProblem(400, code, field);
    }

    [Fact]
    public async Task A_cursor_goes_on_with_its_own_parameters_and_serves_its_tenant_only()
    {
        await using var server = await QueryServer.StartAsync(20);
        var (_, cursor) = await PageAsync(server, "limit=1&action=a.1", "t1");

        Assert.Equal(["e10", "e4"], (await PageAsync(server, $"cursor={cursor}", "t1")).Ids);
        Assert.Equal(["e10", "e4"], (await PageAsync(server, $"cursor={cursor}&action=a.1", "t1")).Ids);
        (await server.GetAsync($"?cursor={cursor}&action=a.2", "t1")).IsProblem(400, "page_token_mismatch", "cursor");
        (await server.GetAsync($"?cursor={cursor}", "t2")).IsProblem(403, "forbidden_tenant", "cursor");
        (await server.GetAsync($"?cursor={cursor![..^1]}{(cursor[^1] == 'A' ? 'B' : 'A')}", "t1")).IsProblem(400, "invalid_page_token", "cursor");
        (await server.GetAsync($"/events?page_token={cursor}", "t1")).IsProblem(400, "invalid_page_token");
        (await server.GetAsync($"?actor={new string('x', 1300)}", "t1")).IsProblem(400, "invalid_parameter", "actor");
    }

    private static async Task<(string[] Ids, string? Cursor)> PageAsync(QueryServer server, string query, string? tenant = null)
    {
        var answer = await server.GetAsync($"?{query}", tenant);
        Assert.True(answer.Status == (int)HttpStatusCode.OK, answer.Text);
        return (QueryServer.Ids(answer.Json.GetProperty("items")), answer.Json.GetProperty("next_cursor").GetString());
    }
}
