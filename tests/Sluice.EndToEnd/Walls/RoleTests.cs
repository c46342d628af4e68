using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Walls;

/// <summary>Which role may use which call: for every call that the API's own description names.</summary>
public sealed class RoleTests(Instance instance) : IClassFixture<Instance>
{
    private const string Anybody = "anybody", AnyRole = "any role", Senders = "admin writer", Readers = "admin auditor reader", Viewers = "admin operator auditor", Runners = "admin operator",
        Auditors = "admin auditor", Admins = "admin";

    /// <summary>By the beginning of the path, the longest one first; those marked are for instance keys.</summary>
    private static readonly (string Method, string Path, string Roles, bool InstanceOnly)[] Rules =
    [
        ("POST", "/v1/audit/events", Senders, false),
        ("GET", "/v1/audit/siem", Viewers, false),
        ("", "/v1/audit/siem", Runners, false),
        ("GET", "/v1/access/tenants", Auditors, true),
        ("", "/v1/access/tenants", Admins, true),
        ("GET", "/v1/access", Auditors, false),
        ("", "/v1/access", Admins, false),
        ("GET", "/v1/audit/retention", Viewers, true),
        ("", "/v1/audit/retention", Admins, true),
        ("GET", "/v1/audit/event-types", AnyRole, false),
        ("GET", "/v1/audit/log/self-check", AnyRole, false),
        ("POST", "/v1/audit/log/self-check", Runners, true),
        ("GET", "/v1/audit/log", Anybody, false),
        ("GET", "/_sluice/v1/audit/log", Anybody, false),
        ("GET", "/_sluice/v1/audit", Readers, false),
        ("GET", "/_sluice/", Anybody, false),
        ("GET", "/v1/audit", Readers, false),
        ("GET", "/checkpoint", Anybody, false),
        ("GET", "/tile", Anybody, false),
        ("GET", "/healthz", Anybody, false),
        ("GET", "/readyz", Anybody, false),
        ("GET", "/openapi", Anybody, false),
        ("GET", "/metrics", AnyRole, true),
        ("GET", "/v1/nodes", Viewers, true),
        ("", "/api/graphql", Anybody, false),   // the schema is open; what is behind it refuses by itself: GitLabWallTests
        ("GET", "/api/preview/system/audit/export", Readers, false),
        ("GET", "/api/preview/system/audit", Readers, false),
        ("POST", "/admin/v1", Readers, false),
        ("GET", "/v1/zaita", Readers, false),
        ("", "/v1/viewer-tokens", Readers, false),
        ("GET", "/v1/sign-in", Anybody, false),
        ("POST", "/v1/session", Anybody, false),
        ("", "/v1/session", AnyRole, false),
        ("GET", "/llms.txt", Anybody, false),
        ("GET", "/docs", Anybody, false),
    ];

    public static TheoryData<string> Holders => ["nobody", .. from tenant in new[] { "acme", "instance" } from role in Instance.Roles select $"{tenant} {role}"];

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
            var (allowed, status) = (IsAllowed(holder, RuleOf(method, path)), (int)answer.Status);
            var isWalled = status == 403 && answer.Code == "forbidden_tenant" && path.StartsWith("/_sluice/", StringComparison.Ordinal);   // Sluice's own events are no tenant's
            if (allowed) Assert.True(isWalled || status is not 401 and not 403 and < 500, $"{method} {path} as {holder}: {status} {answer.Text}");
            else Assert.True(status == (holder == "nobody" ? 401 : 403) && answer.Code is "unauthorized" or "forbidden" or "UNAUTHENTICATED" or "PERMISSION_DENIED" or "16" or "7", $"{method} {path} as {holder}: {status} {answer.Text}");
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

    [Fact]
    public async Task A_key_comes_from_its_networks_only_whatever_a_header_claims()
    {
        var (far, near) = (await MakeAsync("203.0.113.0/24"), await MakeAsync("127.0.0.0/8"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/audit/events") { Headers = { { "X-Forwarded-For", "203.0.113.7" }, { "Forwarded", "for=203.0.113.7" } } };

        Assert.Equal("forbidden_address", (await far.SendAsync(request)).Expect(403).Code);
        (await near.GetAsync("/v1/audit/events")).Expect(200);

        async Task<SluiceClient> MakeAsync(string network) => instance.Server.Client.With((string)(await instance.As("acme admin").PostAsync(
            "/v1/access/keys", $$"""{"name":"walled","role":"reader","allowed_networks":["{{network}}"]}""")).Expect(201).Json["key"]!);
    }

    private static bool IsAllowed(string holder, (string Roles, bool InstanceOnly) rule)
    {
        if (rule.Roles == Anybody) return true;
        if (holder == "nobody" || (rule.InstanceOnly && !holder.StartsWith("instance", StringComparison.Ordinal))) return false;
        return rule.Roles == AnyRole || rule.Roles.Split(' ').Contains(holder.Split(' ')[1]);
    }

    private static (string Roles, bool InstanceOnly) RuleOf(string method, string path)
    {
        foreach (var rule in Rules)
        {
            if ((rule.Method is "" || rule.Method == method) && path.StartsWith(rule.Path, StringComparison.Ordinal)) return (rule.Roles, rule.InstanceOnly);
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
