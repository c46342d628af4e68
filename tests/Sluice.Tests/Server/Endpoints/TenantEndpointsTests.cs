using Sluice.Tenants;

namespace Sluice.Tests.Server.Endpoints;

public sealed class TenantEndpointsTests : IAsyncLifetime
{
    private const string Event = """{"action":"a.b","outcome":"success","actor":{"type":"user","id":"u"}}""";

    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_is_left_out_stays_and_null_clears()
    {
        await SayAsync("acme", new { name = "Acme", parent = "group", entitlements = new { streaming = false }, rate_limit = new { requests_per_minute = 100 } });
        await SayAsync("acme", new { name = (string?)null, entitlements = new { exports = false }, rate_limit = new { events_per_minute = 5 } });

        Assert.Equal(
            """{"id":"acme","name":null,"parent":"group","test":false,"entitlements":{"streaming":false,"exports":false},"rate_limit":{"requests_per_minute":100,"events_per_minute":5}}""",
            (await _server.CallAsync("GET", "/v1/access/tenants/acme")).Json.GetRawText());
        Assert.Equal(204, (await _server.CallAsync("DELETE", "/v1/access/tenants/acme")).Status);
        Assert.True((await _server.CallAsync("GET", "/v1/access/tenants/acme")).Json.GetProperty("entitlements").GetProperty("streaming").GetBoolean());
    }

    [Fact]
    public async Task A_tenant_is_not_its_own_ancestor()
    {
        await SayAsync("project", new { parent = "subgroup" });
        await SayAsync("subgroup", new { parent = "group" });

        (await _server.CallAsync("PUT", "/v1/access/tenants/group", body: new { parent = "project" })).IsProblem(400, "invalid_value");
        (await _server.CallAsync("PUT", "/v1/access/tenants/group", body: new { parent = "group" })).IsProblem(400, "invalid_value");
    }

    [Fact]
    public async Task A_key_for_a_test_tenant_is_a_test_key_and_good_while_the_tenant_is_a_test()
    {
        await SayAsync("sandbox", new { test = true });
        var made = await _server.CallAsync("POST", "/v1/access/keys", body: new { name = "try", role = "admin", tenant_id = "sandbox" });
        Assert.StartsWith("slc_test_", made["key"], StringComparison.Ordinal);
        Assert.Equal(200, (await _server.CallAsync("POST", "/v1/audit/events", made["key"], Event)).Status);

        await SayAsync("sandbox", new { test = false });

        (await _server.CallAsync("POST", "/v1/audit/events", made["key"], Event)).IsProblem(403, "forbidden_tenant");
        var live = await _server.CallAsync("POST", "/v1/access/keys", body: new { name = "try", role = "admin", tenant_id = "sandbox" });
        Assert.StartsWith("slc_live_", live["key"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_that_is_not_entitled_is_told_so_and_others_are_served()
    {
        await SayAsync("acme", new { entitlements = new { streaming = false, exports = false } });
        var (acme, beta) = (_server.Key(Role.Admin, "acme"), _server.Key(Role.Admin, "beta"));
        var destination = new { provider = "webhook", endpoint = "https://siem.example.com/", enabled = false };

        (await _server.CallAsync("POST", "/v1/audit/siem", acme, destination)).IsProblem(403, "forbidden_entitlement");
        (await _server.CallAsync("POST", "/v1/audit/siem", body: new { provider = "webhook", endpoint = "https://siem.example.com/", tenant_id = "acme" })).IsProblem(403, "forbidden_entitlement");
        (await _server.CallAsync("GET", "/v1/audit/export", acme)).IsProblem(403, "forbidden_entitlement");
        (await _server.CallAsync("GET", "/v1/audit/export?tenant_id=acme")).IsProblem(403, "forbidden_entitlement");
        var veza = await _server.CallAsync("GET", "/api/preview/system/audit/export?page_size=1&filter=persisted_at%20GE%20%222026-03-15T00:00:00Z%22", acme);
        Assert.Equal((403, "PERMISSION_DENIED"), (veza.Status, veza["code"]));
        Assert.Equal(200, (await _server.CallAsync("GET", "/v1/audit/events", acme)).Status);
        Assert.Equal(201, (await _server.CallAsync("POST", "/v1/audit/siem", beta, destination)).Status);
        Assert.Equal(200, (await _server.CallAsync("GET", "/v1/audit/export", beta)).Status);
    }

    [Fact]
    public async Task A_tenants_id_may_be_a_path()
    {
        await SayAsync("group%2Fproject", new { parent = "group" });

        Assert.Equal(("group/project", "group"), ((await _server.CallAsync("GET", "/v1/access/tenants/group%2fproject"))["id"], (await _server.CallAsync("GET", "/v1/access/tenants/group%2Fproject"))["parent"]));
        Assert.Equal(204, (await _server.CallAsync("DELETE", "/v1/access/tenants/group%2Fproject")).Status);
        Assert.DoesNotContain("project", (await _server.CallAsync("GET", "/v1/access/tenants")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_destination_with_its_children_gets_what_belongs_to_its_tenant_and_one_without_does_not()
    {
        await SayAsync("shop", new { parent = "acme" });
        await SayAsync("shop-eu", new { parent = "shop" });
        foreach (var tenant in new[] { "acme", "shop", "shop-eu", "beta" }) await _server.CallAsync("POST", "/v1/audit/events", _server.Key(Role.Writer, tenant), Event);

        Assert.Equal("1", (await TryAsync(false))["matched"]);
        var tried = await TryAsync(true);

        Assert.Equal(("3", "3"), (tried["matched"], tried["of"]));
        Assert.Equal(["acme", "shop", "shop-eu"], tried.Json.GetProperty("samples").EnumerateArray().Select(sample => sample.GetProperty("tenant_id").GetString()).Order());

        Task<Answer> TryAsync(bool children) => _server.CallAsync("POST", "/v1/audit/siem/dry-run", body: new { tenant_id = "acme", include_children = children });
    }

    [Theory]
    [InlineData("""{"test":"yes"}""", "invalid_type", "test")]
    [InlineData("""{"parent":""}""", "invalid_string", "parent")]
    [InlineData("""{"rate_limit":{"requests_per_minute":0}}""", "invalid_value", "requests_per_minute")]
    [InlineData("""{"entitlements":[]}""", "invalid_type", "entitlements")]
    [InlineData("""{"entitlements":{"sms":true}}""", "unknown_field", "sms")]
    public async Task What_cannot_be_is_refused_by_name(string body, string code, string field)
    {
        var answer = await _server.CallAsync("PUT", "/v1/access/tenants/acme", body: body);

        answer.IsProblem(400, code);
        Assert.Equal(field, answer["field"]);
    }

    [Fact]
    public async Task A_key_that_asks_too_much_waits_for_the_next_minute_and_nothing_is_half_done()
    {
        await SayAsync("acme", new { rate_limit = new { requests_per_minute = 3, events_per_minute = 2 } });
        var (one, other) = (_server.Key(Role.Admin, "acme"), _server.Key(Role.Admin, "acme"));
        Assert.Equal(200, (await _server.CallAsync("POST", "/v1/audit/events", one, Event)).Status);

        (await _server.CallAsync("POST", "/v1/audit/events", other, $"[{Event},{Event}]")).IsProblem(429, "rate_limited");
        Assert.Equal(200, (await _server.CallAsync("GET", "/v1/audit/events", one)).Status);
        var refused = await _server.CallAsync("GET", "/v1/audit/events", other);

        refused.IsProblem(429, "rate_limited");
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(200, (await _server.CallAsync("GET", "/v1/audit/events")).Status);
        _server.Time.Advance(TimeSpan.FromMinutes(1));
        var events = await _server.CallAsync("GET", "/v1/audit/events", other);
        Assert.Single(events.Json.GetProperty("events").EnumerateArray());
    }

    private async Task SayAsync(string tenant, object body) => Assert.Equal(200, (await _server.CallAsync("PUT", $"/v1/access/tenants/{tenant}", body: body)).Status);
}
