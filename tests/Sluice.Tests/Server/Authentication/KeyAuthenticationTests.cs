using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sluice.Server.Authentication;
using Sluice.Tenants;

namespace Sluice.Tests.Server.Authentication;

public sealed class KeyAuthenticationTests
{
    [Theory]
    [InlineData("/test/read", Role.Reader, 200)]
    [InlineData("/test/read", Role.Writer, 403)]
    [InlineData("/test/read", Role.Admin, 200)]
    [InlineData("/test/write", Role.Reader, 403)]
    [InlineData("/test/write", Role.Writer, 200)]
    [InlineData("/test/write", Role.Admin, 200)]
    [InlineData("/v1/access/keys", Role.Reader, 403)]
    [InlineData("/v1/access/keys", Role.Writer, 403)]
    [InlineData("/v1/access/keys", Role.Admin, 200)]
    [InlineData("/test/read", Role.Operator, 403)]
    [InlineData("/test/read", Role.Auditor, 200)]
    [InlineData("/test/write", Role.Operator, 403)]
    [InlineData("/test/write", Role.Auditor, 403)]
    [InlineData("/v1/access/keys", Role.Operator, 403)]
    [InlineData("/v1/access/keys", Role.Auditor, 200)]
    [InlineData("/v1/audit/siem", Role.Operator, 200)]
    [InlineData("/v1/audit/siem", Role.Auditor, 200)]
    [InlineData("/v1/audit/siem", Role.Reader, 403)]
    [InlineData("/metrics", Role.Reader, 200)]
    [InlineData("/metrics", Role.Writer, 200)]
    [InlineData("/metrics", Role.Admin, 200)]
    public async Task A_role_opens_what_it_is_for(string path, Role role, int expected)
    {
        await using var server = await StartAsync();

        var answer = await server.CallAsync("GET", path, server.Key(role));

        Assert.Equal(expected, answer.Status);
        if (expected == 403) answer.IsProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("/test/read")]
    [InlineData("/test/write")]
    [InlineData("/v1/access/keys")]
    [InlineData("/metrics")]
    public async Task Without_a_known_key_nothing_but_the_open_calls_answer(string path)
    {
        await using var server = await StartAsync();

        foreach (var key in new[] { null, "", "x", "slc_live_" + new string('0', 38), new string('k', 5_000), RunningServer.AdminKey + "x" })
        {
            var answer = await server.CallAsync("GET", path, key);
            answer.IsProblem(401, "unauthorized");
            Assert.StartsWith("Bearer", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/openapi/v1.json")]
    public async Task Open_calls_ask_for_no_key(string path)
    {
        await using var server = await StartAsync();

        Assert.Equal(200, (await server.CallAsync("GET", path, key: null)).Status);
    }

    [Theory]
    [InlineData("X-API-Key", "{0}")]
    [InlineData("Authorization", "Bearer {0}")]
    [InlineData("Authorization", "bearer {0}")]
    [InlineData("PRIVATE-TOKEN", "{0}")]
    public async Task A_key_may_come_in_any_of_three_headers(string header, string value)
    {
        await using var server = await StartAsync();

        var answer = await server.CallAsync("GET", "/test/who", key: null, headers: (header, value.Replace("{0}", server.Key(Role.Reader, "acme"), StringComparison.Ordinal)));

        Assert.Equal((200, "acme"), (answer.Status, answer["tenant_id"]));
    }

    [Fact]
    public async Task Metrics_are_the_instances()
    {
        await using var server = await StartAsync();

        (await server.CallAsync("GET", "/metrics", server.Key(Role.Admin, "acme"))).IsProblem(403, "forbidden");
    }

    private static Task<RunningServer> StartAsync() => RunningServer.StartAsync(more: app =>
    {
        app.MapGet("/test/read", () => "read").WithMetadata(new CallRule(Permission.ReadEvents));
        app.MapGet("/test/write", () => "written").WithMetadata(new CallRule(Permission.SendEvents));
        app.MapGet("/test/who", (HttpContext context) => Results.Json(new { tenant_id = context.Caller().TenantId })).WithMetadata(new CallRule(Permission.ReadEvents));
    });
}
