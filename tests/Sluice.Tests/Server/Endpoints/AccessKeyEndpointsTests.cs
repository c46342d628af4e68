using System.Text.Json;
using Sluice.Tenants;

namespace Sluice.Tests.Server.Endpoints;

public sealed class AccessKeyEndpointsTests
{
    private const string Keys = "/v1/access/keys";

    [Fact]
    public async Task A_key_is_shown_once_works_and_can_be_revoked()
    {
        await using var server = await RunningServer.StartAsync();

        var created = await server.CallAsync("POST", Keys, body: new { name = "ops", role = "admin", expires_at = "2026-04-01T00:00:00+02:00" });
        Assert.Equal(201, created.Status);
        Assert.Equal(["account_id", "allowed_networks", "created_at", "expires_at", "id", "key", "name", "prefix", "role", "tenant_id"], created.Json.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(("2026-03-15T08:00:00.000000000Z", "2026-03-31T22:00:00.000000000Z"), (created["created_at"], created["expires_at"]));
        Assert.StartsWith(created["prefix"]!, created["key"], StringComparison.Ordinal);

        var listed = await server.CallAsync("GET", Keys, created["key"]);
        Assert.Equal(200, listed.Status);
        Assert.DoesNotContain(created["key"]!, listed.Text, StringComparison.Ordinal);
        Assert.Equal(created["id"], Assert.Single(listed.Json.GetProperty("keys").EnumerateArray()).GetProperty("id").GetString());

        Assert.Equal(204, (await server.CallAsync("DELETE", $"{Keys}/{created["id"]}")).Status);
        (await server.CallAsync("GET", Keys, created["key"])).IsProblem(401, "unauthorized");
        (await server.CallAsync("DELETE", $"{Keys}/{created["id"]}")).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task An_expired_key_is_refused()
    {
        await using var server = await RunningServer.StartAsync();
        var created = await server.CallAsync("POST", Keys, body: new { name = "ops", role = "admin", expires_at = "2026-03-15T09:00:00Z" });

        server.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(200, (await server.CallAsync("GET", Keys, created["key"])).Status);
        server.Time.Advance(TimeSpan.FromMinutes(1));
        var refused = await server.CallAsync("GET", Keys, created["key"]);

        refused.IsProblem(401, "unauthorized");
        Assert.Contains("expired", refused["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"role":"reader"}""", "missing_field", "name")]
    [InlineData("""{"name":null,"role":"reader"}""", "missing_field", "name")]
    [InlineData("""{"name":"x"}""", "missing_field", "role")]
    [InlineData("""{"name":"x","role":"owner"}""", "invalid_value", "role")]
    [InlineData("""{"name":"x","role":"Admin"}""", "invalid_value", "role")]
    [InlineData("""{"name":7,"role":"reader"}""", "invalid_type", "name")]
    [InlineData("""{"name":"","role":"reader"}""", "invalid_string", "name")]
    [InlineData("""{"name":"a\u0000b","role":"reader"}""", "invalid_string", "name")]
    [InlineData("""{"name":"\ud800","role":"reader"}""", "invalid_string", "name")]
    [InlineData("""{"name":"x","role":"reader","tenant_id":""}""", "invalid_string", "tenant_id")]
    [InlineData("""{"name":"x","role":"writer","tenant_id":"_sluice"}""", "invalid_value", "role")]
    [InlineData("""{"name":"x","role":"reader","expires_at":"tomorrow"}""", "invalid_time", "expires_at")]
    [InlineData("""{"name":"x","role":"reader","expires_at":"2026-03-15T07:59:59Z"}""", "invalid_time", "expires_at")]
    [InlineData("""{"name":"x","role":"reader","tenant":"acme"}""", "unknown_field", "tenant")]
    [InlineData("""{"name":"x","name":"y","role":"reader"}""", "duplicate_member", "name")]
    [InlineData("""["name"]""", "invalid_type", null)]
    [InlineData("""{"name":""", "invalid_json", null)]
    [InlineData("", "invalid_json", null)]
    public async Task Bad_input_is_refused_with_its_place(string body, string code, string? field)
    {
        await using var server = await RunningServer.StartAsync();

        (await server.CallAsync("POST", Keys, body: body)).IsProblem(400, code, field);
    }

    [Fact]
    public async Task A_tenants_admin_manages_its_own_tenants_keys_only()
    {
        await using var server = await RunningServer.StartAsync();
        var admin = server.Key(Role.Admin, "acme");
        var other = (await server.CallAsync("POST", Keys, body: new { name = "theirs", role = "reader", tenant_id = "globex" }))["id"];

        var own = await server.CallAsync("POST", Keys, admin, new { name = "ours", role = "writer" });
        Assert.Equal((201, "acme"), (own.Status, own["tenant_id"]));
        (await server.CallAsync("POST", Keys, admin, new { name = "x", role = "reader", tenant_id = "globex" })).IsProblem(403, "forbidden_tenant");
        (await server.CallAsync("DELETE", $"{Keys}/{other}", admin)).IsProblem(404, "not_found");

        var seen = (await server.CallAsync("GET", Keys, admin)).Json.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("tenant_id").GetString());
        Assert.Equal(["acme", "acme"], seen);
    }

    [Fact]
    public async Task The_last_key_that_can_administer_the_instance_stays()
    {
        await using var server = await RunningServer.WithoutEnvironmentKeyAsync();
        var first = await server.Keys.CreateAsync(new AccessKeyRequest("first", Role.Admin));
        server.Key(Role.Admin, "acme");
        await server.Keys.CreateAsync(new AccessKeyRequest("short", Role.Admin, ExpiresAt: first.Key.CreatedAt + 1_000_000_000));
        server.Time.Advance(TimeSpan.FromSeconds(2));

        (await server.CallAsync("DELETE", $"{Keys}/{first.Key.Id}", first.Text)).IsProblem(409, "last_admin_key");

        var second = server.Key(Role.Admin);
        Assert.Equal(204, (await server.CallAsync("DELETE", $"{Keys}/{first.Key.Id}", second)).Status);
    }

    [Fact]
    public async Task With_a_key_in_the_environment_every_stored_one_may_go()
    {
        await using var server = await RunningServer.StartAsync();
        var only = await server.Keys.CreateAsync(new AccessKeyRequest("only", Role.Admin));

        Assert.Equal(204, (await server.CallAsync("DELETE", $"{Keys}/{only.Key.Id}", only.Text)).Status);
    }

    [Fact]
    public async Task A_giant_body_is_stopped_early()
    {
        await using var server = await RunningServer.StartAsync();

        (await server.CallAsync("POST", Keys, body: JsonSerializer.Serialize(new { name = new string('x', 100_000), role = "reader" }))).IsProblem(413, "request_too_large");
    }
}
