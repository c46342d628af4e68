using Sluice.Tests.Server.Endpoints;

namespace Sluice.Tests.Server.Dialects;

public sealed class VezaExportTests
{
    [Fact]
    public async Task A_poller_sees_everything_once_in_commit_order_whatever_its_time()
    {
        await using var server = await QueryServer.StartAsync();
        server.AddEnded("a", 50);
        server.AddEnded("last week's", 1);
        var first = await server.PageAsync(Veza.Export, 2, Veza.Committed);
        var caughtUp = await server.PageAsync(Veza.Export, 2, Veza.Committed, first.Token);
        server.AddEnded("late", 3);
        var later = await server.PageAsync(Veza.Export, 2, Veza.Committed, caughtUp.Token);

        Assert.Equal(["a", "last week's"], first.Ids);
        Assert.Empty(caughtUp.Ids);
        Assert.False(first.More || caughtUp.More);
        Assert.NotEmpty(caughtUp.Token);
        Assert.Equal(["late"], later.Ids);
    }

    [Theory]
    [InlineData("page_token")]
    [InlineData("next_page_token")]
    public async Task A_token_goes_back_by_either_name_and_beside_it_the_filter_does_not_matter(string name)
    {
        await using var server = await QueryServer.StartAsync();
        for (var i = 0; i < 3; i++) server.AddEnded($"e{i}", i);
        var first = await server.PageAsync(Veza.Export, 1, Veza.Committed);
        foreach (var (filter, isSame) in new[] { (Veza.Committed, true), ("persisted_at GE \"2025-08-01T00:00:00Z\"", false), ("nonsense", false) })
        {
            var next = await server.CallAsync(Veza.Export, null, ("page_size", "1"), (name, first.Token), ("filter", filter));

            Assert.Equal(["e1"], Veza.Ids(next.Json));
            Assert.Equal(!isSame, next.Json.TryGetProperty("warnings", out _));
        }
    }

    [Fact]
    public async Task An_empty_token_is_the_first_page_and_two_different_ones_are_an_error()
    {
        await using var server = await QueryServer.StartAsync();
        for (var i = 0; i < 3; i++) server.AddEnded($"e{i}", i);
        var first = await server.CallAsync(Veza.Export, null, ("page_size", "1"), ("page_token", ""), ("next_page_token", ""), ("filter", Veza.Committed));
        var token = first["next_page_token"]!;
        Assert.Equal(["e0"], Veza.Ids(first.Json));
        Assert.Equal(["e1"], Veza.Ids((await server.CallAsync(Veza.Export, null, ("page_size", "1"), ("page_token", ""), ("next_page_token", token))).Json));
        Assert.Equal(["e1"], Veza.Ids((await server.CallAsync(Veza.Export, null, ("page_size", "1"), ("page_token", token), ("next_page_token", token))).Json));

        (await server.CallAsync(Veza.Export, null, ("page_size", "1"), ("page_token", token), ("next_page_token", token + "x"))).IsVezaError(400, "INVALID_ARGUMENT", "'next_page_token' differs from 'page_token'");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("10001")]
    [InlineData("many")]
    [InlineData("1.0")]
    public async Task A_page_size_from_1_to_10000_is_required_by_both_calls_on_every_page(string? size)
    {
        await using var server = await QueryServer.StartAsync(3);
        foreach (var (path, filter) in new[] { (Veza.List, Veza.Recent), (Veza.Export, Veza.Committed) })
        {
            var token = (await server.PageAsync(path, 10_000, filter)).Token;
            (string, string)[] sized = size is null ? [] : [("page_size", size)];

            (await server.CallAsync(path, null, [.. sized, ("filter", filter)])).IsVezaError(400, "INVALID_ARGUMENT", "'page_size'");
            (await server.CallAsync(path, null, [.. sized, ("page_token", token)])).IsVezaError(400, "INVALID_ARGUMENT", "'page_size'");
        }
    }

    [Fact]
    public async Task It_begins_at_most_thirty_days_back_and_with_persisted_at()
    {
        await using var server = await QueryServer.StartAsync();
        await server.PageAsync(Veza.Export, 1, "persisted_at GE \"2026-02-13T08:00:00Z\"");

        (await server.CallAsync(Veza.Export, null, ("page_size", "1"), ("filter", "persisted_at GE \"2026-02-13T07:59:59.999999999Z\"")))
            .IsVezaError(400, "INVALID_ARGUMENT", "reaches 30d back. The earliest time that can be asked for now is 2026-02-13T08:00:00.000000000Z.");
        (await server.CallAsync(Veza.Export, null, ("page_size", "1"), ("filter", Veza.Recent))).IsVezaError(400, "INVALID_ARGUMENT", "needs a lower bound of persisted_at");
    }

    [Fact]
    public async Task Retention_over_a_tokens_place_is_a_gap_with_the_way_on()
    {
        await using var server = await QueryServer.StartAsync();
        for (var i = 0; i < 9; i++) server.AddEnded($"e{i}", i);
        var first = await server.PageAsync(Veza.Export, 2, Veza.Committed);
        server.Main.DropBefore(6);

        var gap = await server.CallAsync(Veza.Export, null, ("page_size", "2"), ("page_token", first.Token));
        gap.IsVezaError(410, "OUT_OF_RANGE", "Events 2 to 5 were removed");
        Assert.Equal((2, 5), (gap.Json.GetProperty("first").GetInt64(), gap.Json.GetProperty("last").GetInt64()));
        Assert.Equal(["e6", "e7"], (await server.PageAsync(Veza.Export, 2, "", gap["resume_page_token"])).Ids);
    }

    [Fact]
    public async Task A_token_serves_its_call_and_its_tenant_and_no_bit_of_it_may_change()
    {
        await using var server = await QueryServer.StartAsync();
        for (var i = 0; i < 6; i++) server.AddEnded($"e{i}", i, i % 2 == 0 ? "t1" : "t2");
        var (list, export) = ((await server.PageAsync(Veza.List, 1, Veza.Recent, tenant: "t1")).Token, (await server.PageAsync(Veza.Export, 1, Veza.Committed, tenant: "t1")).Token);
        var own = (await server.PageAsync("order=asc&page_size=1", "t1")).Token!;

        Assert.Equal(["e2", "e4"], (await server.PageAsync(Veza.List, 9, "", list, "t1")).Ids);
        Assert.Equal(["e2", "e4"], (await server.PageAsync(Veza.Export, 9, "", export, "t1")).Ids);
        foreach (var (path, token) in new[] { (Veza.List, export), (Veza.Export, list), (Veza.Export, own), (Veza.List, Flipped(list)), (Veza.Export, Flipped(export)), (Veza.Export, "x") })
            (await server.CallAsync(path, "t1", ("page_size", "1"), ("page_token", token))).IsVezaError(400, "INVALID_ARGUMENT", "'page_token' was not made by this call");
        foreach (var (path, token) in new[] { (Veza.List, list), (Veza.Export, export) })
            (await server.CallAsync(path, "t2", ("page_size", "1"), ("page_token", token))).IsVezaError(403, "PERMISSION_DENIED", "another tenant's key");
        (await server.GetAsync($"/events?page_token={export}", "t1")).IsProblem(400, "invalid_page_token");
    }

    [Fact]
    public async Task A_tenants_key_reads_its_own_and_an_instance_key_what_it_asks_for()
    {
        await using var server = await QueryServer.StartAsync();
        for (var i = 0; i < 4; i++) server.AddEnded($"e{i}", i, i % 2 == 0 ? "t1" : "t2");

        Assert.Equal(["e1", "e3"], (await server.PageAsync(Veza.Export, 9, Veza.Committed, tenant: "t2")).Ids);
        Assert.Equal(4, (await server.PageAsync(Veza.Export, 9, Veza.Committed)).Ids.Length);
        Assert.Equal(["e0", "e2"], Veza.Ids((await server.CallAsync(Veza.List, null, ("page_size", "9"), ("filter", Veza.Recent), ("tenant_id", "t1"))).Json));
        var token = (await server.PageAsync(Veza.Export, 1, Veza.Committed)).Token;
        (await server.CallAsync(Veza.Export, null, ("page_size", "9"), ("page_token", token), ("tenant_id", "t1"))).IsVezaError(400, "INVALID_ARGUMENT", "'tenant_id' differs from that of the page token");
        (await server.CallAsync(Veza.List, "t2", ("page_size", "9"), ("filter", Veza.Recent), ("tenant_id", "t1"))).IsVezaError(403, "PERMISSION_DENIED", "its own tenant");
    }

    private static string Flipped(string token) => token[..20] + (char)(token[20] ^ 1) + token[21..];
}
