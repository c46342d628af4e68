namespace Sluice.Tests.Server.Endpoints;

public sealed class StatsTests
{
    [Fact]
    public async Task Without_groups_everything_is_one() =>
        await CheckAsync("", """{"groups":[{"key":{},"count":120}],"total":120,"truncated":false}""");

    [Fact]
    public async Task Nothing_is_no_group() =>
        await CheckAsync("?filter=action%3D%22z%22&group_by=action", """{"groups":[],"total":0,"truncated":false}""");

    [Fact]
    public async Task Larger_groups_come_first_and_an_absent_member_is_null() =>
        await CheckAsync(
            "?group_by=metadata.n,action&filter=sequence%3C6",
            """{"groups":[{"key":{"metadata.n":null,"action":"a.0"},"count":2},{"key":{"metadata.n":null,"action":"a.1"},"count":2},{"key":{"metadata.n":null,"action":"a.2"},"count":2}],"total":6,"truncated":false}""");

    [Fact]
    public async Task Intervals_begin_at_whole_multiples() =>
        await CheckAsync(
            "?interval=30m&group_by=outcome",
            """{"groups":[{"key":{"outcome":"success"},"start":"2026-03-15T08:00:00.000000000Z","count":60},{"key":{"outcome":"success"},"start":"2026-03-15T08:30:00.000000000Z","count":60}],"total":120,"truncated":false}""");

    [Theory]
    [InlineData("%2B05:30", "2026-03-14T18:30:00")]
    [InlineData("-08:30", "2026-03-14T08:30:00", "2026-03-15T08:30:00")]
    public async Task Days_are_those_of_the_place_that_is_named(string offset, params string[] starts)
    {
        await using var server = await QueryServer.StartAsync(120);

        var answer = await server.GetAsync($"/stats?interval=1d&utc_offset={offset}");

        Assert.Equal(starts.Select(start => start + ".000000000Z"), answer.Json.GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("start").GetString()));
    }

    [Fact]
    public async Task A_tenant_counts_its_own() =>
        await CheckAsync("?group_by=tenant_id", """{"groups":[{"key":{"tenant_id":"t2"},"count":60}],"total":60,"truncated":false}""", "t2");

    [Fact]
    public async Task Values_are_told_apart_by_their_kind_and_nested_ones_found()
    {
        await using var server = await QueryServer.StartAsync();
        foreach (var value in new[] { "1", "\"1\"", "1", "true", "[1,2]", "{\"m\":\"deep\"}" }) server.Add($"e{server.Main.Size}", "t1", $"\"metadata\":{{\"n\":{value}}},");

        var answer = await server.GetAsync("/stats?group_by=metadata.n,metadata.n.m&filter=sequence%3E0");

        Assert.Equal(5, answer.Json.GetProperty("groups").GetArrayLength());
        Assert.Contains("""{"key":{"metadata.n":{"m":"deep"},"metadata.n.m":"deep"},"count":1}""", answer.Text, StringComparison.Ordinal);
        Assert.Contains("""{"key":{"metadata.n":"1","metadata.n.m":null},"count":1}""", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beyond_ten_thousand_groups_the_rest_is_only_counted()
    {
        await using var server = await QueryServer.StartAsync(10_010);

        var answer = await server.GetAsync("/stats?group_by=id");

        Assert.Equal((10_000, "10010", "true"), (answer.Json.GetProperty("groups").GetArrayLength(), answer["total"], answer["truncated"]));
    }

    [Fact]
    public async Task A_limit_keeps_the_largest_groups_and_counts_the_others() =>
        await CheckAsync(
            "?group_by=action&limit=2&filter=sequence%3C7",
            """{"groups":[{"key":{"action":"a.0"},"count":3},{"key":{"action":"a.1"},"count":2}],"total":7,"truncated":true}""");

    [Theory]
    [InlineData("limit=0", "invalid_parameter")]
    [InlineData("limit=10001", "invalid_parameter")]
    [InlineData("group_by=sequence", "invalid_parameter")]
    [InlineData("group_by=nothing", "invalid_parameter")]
    [InlineData("group_by=action,action", "invalid_parameter")]
    [InlineData("group_by=action,outcome,service,category", "invalid_parameter")]
    [InlineData("interval=1w", "invalid_parameter")]
    [InlineData("interval=0m", "invalid_parameter")]
    [InlineData("interval=367d", "invalid_parameter")]
    [InlineData("interval=m", "invalid_parameter")]
    [InlineData("interval=1d&utc_offset=5", "invalid_parameter")]
    [InlineData("interval=1d&utc_offset=-14:01", "invalid_parameter")]
    [InlineData("page_size=1", "unknown_parameter")]
    public async Task A_wrong_parameter_is_refused(string query, string code)
    {
        await using var server = await QueryServer.StartAsync(1);

        (await server.GetAsync($"/stats?{query}")).IsProblem(400, code);
    }

    private static async Task CheckAsync(string query, string expected, string? tenant = null)
    {
        await using var server = await QueryServer.StartAsync(120);

        Assert.Equal(expected, (await server.GetAsync($"/stats{query}", tenant)).Text);
    }
}
