using Microsoft.AspNetCore.Builder;
using Sluice.Server.Errors;
using Sluice.Storage;
using Sluice.Tenants;
using Sluice.Tests.Server.Endpoints;

namespace Sluice.Tests.Server.Dialects;

public sealed class VezaErrorTests
{
    [Fact]
    public async Task Whatever_refuses_a_call_is_spelled_as_veza_does()
    {
        await using var server = await RunningServer.StartAsync();

        (await server.CallAsync("GET", Veza.List, key: null)).IsVezaError(401, "UNAUTHENTICATED", "access key");
        (await server.CallAsync("GET", Veza.Export, key: "wrong")).IsVezaError(401, "UNAUTHENTICATED", "not known");
        (await server.CallAsync("GET", Veza.List, server.Key(Role.Writer))).IsVezaError(403, "PERMISSION_DENIED", "role reader");
        (await server.CallAsync("GET", Veza.List)).IsVezaError(400, "INVALID_ARGUMENT", "'page_size' is required");
        (await server.CallAsync("GET", $"{Veza.List}?page_size=1&sort=x")).IsVezaError(400, "INVALID_ARGUMENT", "no parameter 'sort'");
        (await server.CallAsync("GET", $"{Veza.List}/x")).IsVezaError(404, "NOT_FOUND", "/api/preview/system/audit/x");
        (await server.CallAsync("POST", Veza.List)).IsVezaError(405, "UNIMPLEMENTED", "POST");
        (await server.CallAsync("GET", "/api/preview/other")).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task An_export_whose_store_is_away_is_told_to_come_back_in_a_minute_and_its_token_still_works()
    {
        await using var server = await QueryServer.StartAsync();
        for (var i = 0; i < 4; i++) server.AddEnded($"e{i}", i);
        var token = (await server.PageAsync(Veza.Export, 2, Veza.Committed)).Token;
        server.Main.Failure = new StorageUnavailableException("The database is away.");

        var busy = await server.CallAsync(Veza.Export, null, ("page_size", "2"), ("page_token", token));
        busy.IsVezaError(429, "ResourceExhausted", "Wait a minute");
        Assert.Equal("60", busy.Headers["Retry-After"]);
        Assert.Equal(["e2", "e3"], (await server.PageAsync(Veza.Export, 2, "", token)).Ids);

        server.Main.Failure = new StorageUnavailableException("The database is away.");
        (await server.CallAsync(Veza.List, null, ("page_size", "2"), ("filter", Veza.Recent))).IsVezaError(503, "UNAVAILABLE", "cannot serve");
    }

    [Fact]
    public async Task A_limit_that_is_reached_before_the_call_is_told_the_same_way()
    {
        await using var server = await RunningServer.StartAsync(more: app => app.MapGet($"{Veza.List}/limited", _ => throw new ApiProblem(429, "rate_limited", "Too many calls.") { RetryAfter = TimeSpan.FromSeconds(3) }));

        var limited = await server.CallAsync("GET", $"{Veza.List}/limited");
        limited.IsVezaError(429, "ResourceExhausted", "Too many calls.");
        Assert.Equal("60", limited.Headers["Retry-After"]);
    }
}
