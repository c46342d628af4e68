using Sluice.Tenants;

namespace Sluice.Tests.Server;

/// <summary>Who may have events sent again, at the whole server.</summary>
public sealed class ReplayAccessTests
{
    [Fact]
    public async Task Only_admins_and_those_of_other_tenants_find_nothing()
    {
        await using var server = await RunningServer.StartAsync();
        await server.CallAsync("POST", "/v1/audit/events", body: Some.Event);
        var own = server.Key(Role.Admin, "acme");
        var id = (await server.CallAsync("POST", "/v1/audit/siem", own, """{"provider":"webhook","endpoint":"https://siem.example.invalid/in","secret":"s","enabled":false}"""))["id"];
        var started = await server.CallAsync("POST", $"/v1/audit/siem/{id}/replays", own, """{"from":0}""");

        Assert.Equal(202, started.Status);
        foreach (var (method, path) in new[]
        {
            ("POST", "replays"), ("GET", "replays"), ("GET", $"replays/{started["id"]}"), ("DELETE", $"replays/{started["id"]}"),
            ("POST", "gaps/gap_x/refill"), ("GET", "dead-letters/0"), ("POST", "dead-letters/replay"),
        })
        {
            var body = method == "POST" && path == "replays" ? """{"from":0}""" : null;
            foreach (var role in new[] { Role.Reader, Role.Writer })
                (await server.CallAsync(method, $"/v1/audit/siem/{id}/{path}", server.Key(role, "acme"), body)).IsProblem(403, "forbidden");
            (await server.CallAsync(method, $"/v1/audit/siem/{id}/{path}", server.Key(Role.Admin, "other"), body)).IsProblem(404, "not_found");
            (await server.CallAsync(method, $"/v1/audit/siem/{id}/{path}", null, body)).IsProblem(401, "unauthorized");
        }

        Assert.NotEqual("stopped", (await server.CallAsync("GET", $"/v1/audit/siem/{id}/replays/{started["id"]}", own))["status"]);
    }
}
