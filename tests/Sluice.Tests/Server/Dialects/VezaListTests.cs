using Sluice.Tests.Server.Endpoints;

namespace Sluice.Tests.Server.Dialects;

public sealed class VezaListTests
{
    [Fact]
    public async Task Events_come_in_order_of_their_end_and_equal_ones_in_order_of_commit()
    {
        await using var server = await QueryServer.StartAsync();
        foreach (var (id, second) in new[] { ("c", 30), ("a", 10), ("d", 30), ("b", 20), ("e", 40) }) server.AddEnded(id, second);

        Assert.Equal(["a", "b", "c", "d", "e"], (await server.PageAsync(Veza.List, 10, Veza.Recent)).Ids);
        Assert.Equal(["a b", "c d", "e"], await PagesAsync(server, 2));
    }

    [Fact]
    public async Task An_event_without_a_call_ends_when_it_happens()
    {
        await using var server = await QueryServer.StartAsync();
        server.AddEnded("last", 3599);
        server.Add("first", "t1");
        server.Main.Add("""{"id":"happened","timestamp":"2026-03-15T07:30:00.000000000Z","tenant_id":"t1","category":"c","action":"a","outcome":"success","actor":{"type":"user","id":"u"},"salt":"AAAAAAAAAAAAAAAAAAAAAA"}""");

        Assert.Equal(["happened", "last", "first"], (await server.PageAsync(Veza.List, 10, Veza.Recent)).Ids);
        Assert.Equal(["happened"], (await server.PageAsync(Veza.List, 10, $"{Veza.Recent} AND ended_at LT \"2026-03-15T07:59:00Z\"")).Ids);
        Assert.Equal(["happened"], (await server.PageAsync(Veza.List, 10, $"{Veza.Recent} AND (ended_at EQ \"2026-03-15T07:30:00Z\" OR method EQ \"PUT\")")).Ids);
    }

    [Fact]
    public async Task Pages_neither_overlap_nor_leave_out_while_events_of_any_time_arrive()
    {
        await using var server = await QueryServer.StartAsync();
        for (var i = 0; i < 9; i++) server.AddEnded($"e{i}", 100 + i);

        var first = await server.PageAsync(Veza.List, 4, Veza.Recent);
        server.AddEnded("early", 1);
        server.AddEnded("between", 105);
        var second = await server.PageAsync(Veza.List, 4, Veza.Recent, first.Token);
        var third = await server.PageAsync(Veza.List, 4, Veza.Recent, second.Token);
        var beyond = await server.PageAsync(Veza.List, 4, Veza.Recent, third.Token);

        Assert.Equal(("e0 e1 e2 e3", true), (string.Join(' ', first.Ids), first.More));
        Assert.Equal(("e4 e5 e6 e7", true), (string.Join(' ', second.Ids), second.More));
        Assert.Equal(("e8", false), (string.Join(' ', third.Ids), third.More));
        Assert.Equal((0, false), (beyond.Ids.Length, beyond.More));
        Assert.Equal(11, (await server.PageAsync(Veza.List, 100, Veza.Recent)).Ids.Length);
    }

    [Theory]
    [InlineData("method EQ \"POST\"", "b")]
    [InlineData("method ne \"POST\"", "a c")]
    [InlineData("user_id EQ \"u1\"", "b")]
    [InlineData("url PREFIX \"/api/keys\"", "b c")]
    [InlineData("url = \"/api/keys\" AND method = \"GET\"", "c")]
    [InlineData("NOT (method = \"POST\" OR url = \"/api/keys\")", "a")]
    [InlineData("ended_at GT \"2026-03-15T07:00:10.000000001Z\"", "b c")]
    [InlineData("ended_at GE \"2026-03-15T07:00:10.000000002Z\"", "b c")]
    [InlineData("ended_at LE \"2026-03-15T07:00:20.000000001Z\"", "a b")]
    [InlineData("persisted_at GE \"2026-03-15T08:42:17.010000001Z\"", "b c")]
    [InlineData("http_status GE 400", "b")]
    [InlineData("method EQ \"x\\\" OR method NE \\\"\"", "")]
    public async Task Filters_name_members_as_veza_does(string filter, string expected)
    {
        await using var server = await QueryServer.StartAsync();
        server.AddEnded("a", 10);
        server.AddEnded("b", 20, call: "\"http_status\":404,\"method\":\"POST\",\"url\":\"/api/keys/1\"");
        server.AddEnded("c", 30, call: "\"method\":\"GET\",\"url\":\"/api/keys\"");

        Assert.Equal(expected, string.Join(' ', (await server.PageAsync(Veza.List, 10, $"{Veza.Recent} AND {filter}")).Ids));
    }

    [Theory]
    [InlineData("ended_at GE", "filter, column 12: Expected a quoted text")]
    [InlineData("ended_at GE \"yesterday\"", "column 13: Expected a time")]
    [InlineData("ended_at GE \"2026-03-01T00:00:00Z\" AND actor.id EQ \"u\"", "column 40: There is no field actor.id. Expected ended_at, started_at, persisted_at, method, url")]
    [InlineData("ended_at LIKE \"x\"", "column 10: Expected EQ, NE, GT, GE, LT, LE, IN, PREFIX or CONTAINS")]
    public async Task A_wrong_filter_is_refused_with_its_column(string filter, string message)
    {
        await using var server = await QueryServer.StartAsync();

        (await server.CallAsync(Veza.List, null, ("page_size", "1"), ("filter", filter))).IsVezaError(400, "INVALID_ARGUMENT", message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("method EQ \"GET\"")]
    [InlineData("ended_at LT \"2026-03-15T00:00:00Z\"")]
    [InlineData("ended_at GE \"2026-03-01T00:00:00Z\" OR method EQ \"GET\"")]
    [InlineData("NOT ended_at LT \"2026-03-01T00:00:00Z\"")]
    [InlineData("persisted_at GE \"2026-03-01T00:00:00Z\"")]
    public async Task A_first_page_needs_to_know_how_far_back_it_reaches(string? filter)
    {
        await using var server = await QueryServer.StartAsync();
        var answer = filter is null ? await server.CallAsync(Veza.List, null, ("page_size", "1")) : await server.CallAsync(Veza.List, null, ("page_size", "1"), ("filter", filter));

        answer.IsVezaError(400, "INVALID_ARGUMENT", "needs a lower bound of ended_at");
        Assert.Contains("2025-12-15T08:00:00.000000000Z", answer["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_reaches_ninety_days_back_and_says_where_that_is()
    {
        await using var server = await QueryServer.StartAsync();
        await server.PageAsync(Veza.List, 1, "ended_at GE \"2025-12-15T09:00:00Z\"");
        await server.PageAsync(Veza.List, 1, "ended_at GE \"2025-12-15T08:00:00Z\"");

        (await server.CallAsync(Veza.List, null, ("page_size", "1"), ("filter", "ended_at GE \"2025-12-14T08:00:00Z\"")))
            .IsVezaError(400, "INVALID_ARGUMENT", "reaches 90d back. The earliest time that can be asked for now is 2025-12-15T08:00:00.000000000Z.");
    }

    [Fact]
    public async Task What_retention_took_of_the_rest_is_a_gap_with_the_way_on()
    {
        await using var server = await QueryServer.StartAsync();
        for (var i = 0; i < 9; i++) server.AddEnded($"e{i}", 100 + i);
        var first = await server.PageAsync(Veza.List, 2, Veza.Recent);
        server.Main.DropBefore(2);
        Assert.Equal(["e2", "e3"], (await server.PageAsync(Veza.List, 2, Veza.Recent, first.Token)).Ids);
        server.Main.DropBefore(6);

        var gap = await server.CallAsync(Veza.List, null, ("page_size", "2"), ("page_token", first.Token));
        gap.IsVezaError(410, "OUT_OF_RANGE", "Events 2 to 5 were removed by retention");
        Assert.Equal((2, 5), (gap.Json.GetProperty("first").GetInt64(), gap.Json.GetProperty("last").GetInt64()));
        Assert.Equal(["e6", "e7", "e8"], (await server.PageAsync(Veza.List, 5, Veza.Recent, gap["resume_page_token"])).Ids);
    }

    private static async Task<List<string>> PagesAsync(QueryServer server, int size)
    {
        var pages = new List<string>();
        var page = await server.PageAsync(Veza.List, size, Veza.Recent);
        while (true)
        {
            pages.Add(string.Join(' ', page.Ids));
            if (!page.More) return pages;
            page = await server.PageAsync(Veza.List, size, Veza.Recent, page.Token);
        }
    }
}
