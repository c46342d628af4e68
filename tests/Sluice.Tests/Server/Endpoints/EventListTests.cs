using Sluice.Query;

namespace Sluice.Tests.Server.Endpoints;

public sealed class EventListTests
{
    [Fact]
    public async Task Newest_come_first_and_the_oldest_page_has_no_token()
    {
        await using var server = await QueryServer.StartAsync(5);

        var first = await server.PageAsync("page_size=3");
        var last = await server.PageAsync($"page_size=2&page_token={first.Token}");

        Assert.Equal(("e4 e3 e2", true), (string.Join(' ', first.Ids), first.More));
        Assert.Equal(("e1 e0", null, false), (string.Join(' ', last.Ids), last.Token, last.More));
    }

    [Fact]
    public async Task Upwards_there_is_always_a_token_and_it_finds_what_came_later()
    {
        await using var server = await QueryServer.StartAsync(2);

        var first = await server.PageAsync("order=asc&page_token=");
        var caughtUp = await server.PageAsync($"page_token={first.Token}");
        server.Add(1);
        var later = await server.PageAsync($"order=asc&page_token={caughtUp.Token}");

        Assert.Equal(("e0 e1", false), (string.Join(' ', first.Ids), first.More));
        Assert.Equal((0, false), (caughtUp.Ids.Length, caughtUp.More));
        Assert.Equal(("e2", false), (string.Join(' ', later.Ids), later.More));
    }

    [Fact]
    public async Task An_event_is_shown_with_its_place_in_the_ledger()
    {
        await using var server = await QueryServer.StartAsync(1);

        var shown = (await server.GetAsync("/events")).Json.GetProperty("events")[0];

        Assert.Equal(0, shown.GetProperty("sequence").GetInt64());
        Assert.Equal("2026-03-15T08:42:17.010000000Z", shown.GetProperty("persisted_at").GetString());
        Assert.Equal($"sha256:{server.Main[0].Digest.ToHex()}", shown.GetProperty("integrity_hash").GetString());
    }

    [Fact]
    public async Task The_filter_travels_in_the_token()
    {
        await using var server = await QueryServer.StartAsync(9);
        var filter = QueryServer.Escape("action EQ \"a.1\"");

        var first = await server.PageAsync($"page_size=2&filter={filter}");
        var without = await server.PageAsync($"page_token={first.Token}");
        var with = await server.PageAsync($"page_token={first.Token}&order=desc&filter={filter}");

        Assert.Equal(["e7", "e4"], first.Ids);
        Assert.Equal(["e1"], without.Ids);
        Assert.Equal(["e1"], with.Ids);
    }

    [Theory]
    [InlineData("filter=action%3D%22b%22", "filter")]
    [InlineData("order=asc", "order")]
    [InlineData("tenant_id=t2", "tenant_id")]
    public async Task What_differs_from_the_token_is_refused(string more, string field)
    {
        await using var server = await QueryServer.StartAsync(3);
        var first = await server.PageAsync("page_size=1&filter=action%3E%22a%22");

        (await server.GetAsync($"/events?page_token={first.Token}&{more}")).IsProblem(400, "page_token_mismatch", field);
    }

    [Fact]
    public async Task A_changed_token_and_one_of_another_tenant_are_refused()
    {
        await using var server = await QueryServer.StartAsync(6);
        var token = (await server.PageAsync("page_size=1", "t1")).Token!;

        (await server.GetAsync($"/events?page_token={token[..^1]}", "t1")).IsProblem(400, "invalid_page_token");
        (await server.GetAsync($"/events?page_token={token}", "t2")).IsProblem(403, "forbidden_tenant");
        (await server.GetAsync($"/events?page_token={token}")).IsProblem(403, "forbidden_tenant");
    }

    [Fact]
    public async Task A_tenant_sees_its_own_events_whatever_it_asks_for()
    {
        await using var server = await QueryServer.StartAsync(4);

        Assert.Equal(["e2", "e0"], (await server.PageAsync("", "t1")).Ids);
        Assert.Equal(["e2", "e0"], (await server.PageAsync("tenant_id=t1", "t1")).Ids);
        Assert.Empty((await server.PageAsync($"filter={QueryServer.Escape("tenant_id = \"t2\"")}", "t1")).Ids);
        Assert.Equal(["e2", "e0"], (await server.PageAsync($"filter={QueryServer.Escape("tenant_id = \"t2\" OR sequence >= 0")}", "t1")).Ids);
        Assert.Empty((await server.PageAsync($"filter={QueryServer.Escape("tenant_id = \"_sluice\"")}", "t1")).Ids);
        (await server.GetAsync("/events?tenant_id=t2", "t1")).IsProblem(403, "forbidden_tenant", "tenant_id");
    }

    [Fact]
    public async Task Sluices_own_events_are_shown_only_when_named()
    {
        await using var server = await QueryServer.StartAsync(1);
        server.Sluice.Add("""{"id":"s1","timestamp":"2026-03-15T08:42:17.003000000Z","tenant_id":"_sluice","action":"key.create"}""");

        Assert.Equal(["e0"], (await server.PageAsync("")).Ids);
        Assert.Equal(["s1"], (await server.PageAsync("tenant_id=_sluice")).Ids);
        Assert.Equal(["s1"], (await server.PageAsync($"filter={QueryServer.Escape("action PREFIX \"key.\" AND tenant_id = \"_sluice\"")}")).Ids);
        Assert.Equal(["e0"], (await server.PageAsync($"filter={QueryServer.Escape("NOT tenant_id = \"_sluice\"")}")).Ids);
        (await server.GetAsync($"/events?filter={QueryServer.Escape("tenant_id IN (\"t1\", \"_sluice\")")}")).IsProblem(400, "invalid_filter");
    }

    [Fact]
    public async Task A_place_that_retention_removed_is_a_gap_with_a_way_on()
    {
        await using var server = await QueryServer.StartAsync(10);
        var token = (await server.PageAsync("order=asc&page_size=2")).Token;
        server.Main.DropBefore(5);

        var gap = await server.GetAsync($"/events?page_token={token}");

        gap.IsProblem(410, "gap");
        Assert.Equal(("2", "4"), (gap["first"], gap["last"]));
        Assert.Equal("e5", (await server.PageAsync($"page_size=1&page_token={gap["resume_page_token"]}")).Ids[0]);
    }

    [Fact]
    public async Task Downwards_a_removed_rest_is_a_gap_that_ends_the_walk()
    {
        await using var server = await QueryServer.StartAsync(10);
        var token = (await server.PageAsync("page_size=6")).Token;
        server.Main.DropBefore(7);

        var gap = await server.GetAsync($"/events?page_token={token}");

        gap.IsProblem(410, "gap");
        Assert.Equal(("0", "3"), (gap["first"], gap["last"]));
        var end = await server.PageAsync($"page_token={gap["resume_page_token"]}");
        Assert.Equal((0, null, false), (end.Ids.Length, end.Token, end.More));
    }

    [Theory]
    [InlineData("filters=x", "unknown_parameter", "filters")]
    [InlineData("Filter=x", "unknown_parameter", "Filter")]
    [InlineData("order=up", "invalid_parameter", "order")]
    [InlineData("page_size=0", "invalid_parameter", "page_size")]
    [InlineData("page_size=10001", "invalid_parameter", "page_size")]
    [InlineData("page_size=-1", "invalid_parameter", "page_size")]
    [InlineData("page_size=ten", "invalid_parameter", "page_size")]
    [InlineData("page_size=1&page_size=2", "invalid_parameter", "page_size")]
    [InlineData("page_token=x", "invalid_page_token", "page_token")]
    [InlineData("filter=action", "invalid_filter", "filter")]
    public async Task A_wrong_parameter_is_named(string query, string code, string field)
    {
        await using var server = await QueryServer.StartAsync(1);

        (await server.GetAsync($"/events?{query}")).IsProblem(400, code, field);
    }

    [Fact]
    public async Task A_wrong_filter_is_answered_with_column_and_expectation()
    {
        await using var server = await QueryServer.StartAsync();

        var answer = await server.GetAsync($"/events?filter={QueryServer.Escape("action LIKE \"x\"")}");

        Assert.Equal("8", answer["column"]);
        Assert.Equal("EQ, NE, GT, GE, LT, LE, IN, PREFIX or CONTAINS", answer["expected"]);
    }

    [Fact]
    public async Task A_page_examines_a_bounded_number_of_events()
    {
        await using var server = await QueryServer.StartAsync();
        for (var i = 0; i < EventSearch.MaxExamined + 1000; i++) server.Main.Add("{\"id\":\"e\",\"tenant_id\":\"t1\"}");

        var first = await server.PageAsync("filter=metadata.x%3D1");
        var second = await server.PageAsync($"page_token={first.Token}");

        Assert.Equal((0, true), (first.Ids.Length, first.More));
        Assert.InRange(server.Main.BodiesRead, EventSearch.MaxExamined, EventSearch.MaxExamined + 2000);
        Assert.Equal((0, null, false), (second.Ids.Length, second.Token, second.More));
    }

    [Fact]
    public async Task A_large_page_is_whole()
    {
        await using var server = await QueryServer.StartAsync(10_500);

        var page = await server.PageAsync("page_size=10000");

        Assert.Equal((10_000, "e10499", "e500", true), (page.Ids.Length, page.Ids[0], page.Ids[^1], page.More));
    }
}
