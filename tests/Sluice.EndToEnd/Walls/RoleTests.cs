using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Walls;

/// <summary>Which role may use which call: for every call that the API's own description names.</summary>
public sealed class RoleTests(Instance instance) : IClassFixture<Instance>
{
    private const string Anybody = "anybody", InstanceOnly = "instance", InstanceAdmin = "instance admin", Writer = "writer", Reader = "reader", Admin = "admin";

    /// <summary>By the beginning of the path, the longest one first.</summary>
    private static readonly (string Method, string Path, string Role)[] Rules =
    [
        ("POST", "/v1/audit/events", Writer),
        ("", "/v1/audit/siem", Admin),
        ("", "/v1/access/keys", Admin),
        ("", "/v1/audit/retention", InstanceAdmin),
        ("GET", "/v1/audit/log", Anybody),
        ("GET", "/_sluice/v1/audit/log", Anybody),
        ("GET", "/_sluice/v1/audit", Reader),
        ("GET", "/_sluice/", Anybody),
        ("GET", "/v1/audit", Reader),
        ("GET", "/checkpoint", Anybody),
        ("GET", "/tile", Anybody),
        ("GET", "/healthz", Anybody),
        ("GET", "/readyz", Anybody),
        ("GET", "/openapi", Anybody),
        ("GET", "/metrics", InstanceOnly),
        ("GET", "/v1/nodes", InstanceAdmin),
        ("GET", "/api/preview/system/audit", Reader),
    ];

    public static TheoryData<string> Holders =>
        ["nobody", .. from tenant in new[] { "acme", "instance" } from role in new[] { Admin, Writer, Reader } select $"{tenant} {role}"];

    [Theory]
    [MemberData(nameof(Holders))]
    public async Task Every_call_is_open_to_its_roles_and_to_nobody_else(string holder)
    {
        var calls = await CallsAsync();
        Assert.True(calls.Count > 20, "The API's description is shorter than the API.");
        foreach (var (method, path) in calls)
        {
            if (path.EndsWith("/live", StringComparison.Ordinal)) continue;   // it answers for ever; below
            var answer = await instance.As(holder).SendAsync(new HttpRequestMessage(new HttpMethod(method), Filled(path)));
            var (allowed, status) = (IsAllowed(holder, RoleOf(method, path)), (int)answer.Status);
            var isWalled = status == 403 && answer.Code == "forbidden_tenant" && path.StartsWith("/_sluice/", StringComparison.Ordinal);   // Sluice's own events are no tenant's
            if (allowed) Assert.True(isWalled || status is not 401 and not 403 and < 500, $"{method} {path} as {holder}: {status} {answer.Text}");
            else Assert.True(status == (holder == "nobody" ? 401 : 403) && answer.Code is "unauthorized" or "forbidden" or "UNAUTHENTICATED" or "PERMISSION_DENIED", $"{method} {path} as {holder}: {status} {answer.Text}");
        }
    }

    [Theory]
    [InlineData("nobody", 401)]
    [InlineData("acme writer", 403)]
    public async Task The_live_view_is_for_readers(string holder, int status) => (await instance.As(holder).GetAsync("/v1/audit/events/live")).Expect(status);

    [Fact]
    public async Task A_key_that_nobody_made_opens_nothing()
    {
        foreach (var key in new[] { "x", "slc_live_0000000000000000000000000000000000000000", SluiceProcess.AdminKey[1..], SluiceProcess.AdminKey + " x", "" })
        {
            using var stranger = instance.Server.Client.With(key);
            Assert.Equal("unauthorized", (await stranger.GetAsync("/v1/audit/events")).Expect(401).Code);
        }
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_from_then_on()
    {
        var made = (await instance.As("acme admin").PostAsync("/v1/access/keys", """{"name":"short-lived","role":"reader"}""")).Expect(201).Json;
        using var client = instance.Server.Client.With((string)made["key"]!);
        (await client.GetAsync("/v1/audit/events")).Expect(200);
        (await instance.As("acme admin").DeleteAsync($"/v1/access/keys/{made["id"]}")).Expect(204);
        (await client.GetAsync("/v1/audit/events")).Expect(401);
    }

    private static bool IsAllowed(string holder, string role) => role switch
    {
        Anybody => true,
        InstanceAdmin => holder == InstanceAdmin,
        InstanceOnly => holder.StartsWith("instance", StringComparison.Ordinal),
        _ => holder.EndsWith(Admin, StringComparison.Ordinal) || holder.EndsWith(role, StringComparison.Ordinal),
    };

    private static string RoleOf(string method, string path)
    {
        foreach (var rule in Rules)
        {
            if (rule.Method is "" || rule.Method == method)
            {
                if (path.StartsWith(rule.Path, StringComparison.Ordinal)) return rule.Role;
            }
        }

        throw new InvalidOperationException($"{method} {path} is new: say here who may use it.");
    }

    private async Task<List<(string Method, string Path)>> CallsAsync()
    {
        var description = (await instance.As("nobody").GetAsync("/openapi/v1.json")).Expect(200).Json;
        return [.. from path in description["paths"]!.AsObject() from call in path.Value!.AsObject() select (call.Key.ToUpperInvariant(), path.Key)];
    }

    private static string Filled(string path) => System.Text.RegularExpressions.Regex.Replace(path, @"\{[^}]+\}", "0");
}
