using Sluice.Tenants;

namespace Sluice.Tests.Server.Endpoints;

public sealed class MachineAccountEndpointsTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(new() { ["Sluice:TrustedProxies"] = "192.0.2.1" });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_account_has_several_keys_with_its_role_and_tenant()
    {
        var account = await MakeAsync(new { name = "splunk", role = "reader", tenant_id = "acme" });

        var (one, two) = (await KeyOfAsync(account), await KeyOfAsync(account));

        Assert.NotEqual(one, two);
        foreach (var key in new[] { one, two }) Assert.Equal(200, (await _server.CallAsync("GET", "/v1/audit/events", key)).Status);
        var shown = await _server.CallAsync("GET", $"/v1/access/accounts/{account}");
        Assert.Equal(["acme", "acme"], shown.Json.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("tenant_id").GetString()));
    }

    [Fact]
    public async Task Its_list_of_networks_holds_for_all_its_keys_from_the_next_request_on()
    {
        var account = await MakeAsync(new { name = "collector", role = "reader" });
        var key = await KeyOfAsync(account);
        Assert.Equal(200, (await FromAsync("198.51.100.9", key)).Status);

        Assert.Equal(200, (await _server.CallAsync("PUT", $"/v1/access/accounts/{account}", body: new { allowed_networks = new[] { "203.0.113.0/24", "2001:db8::/32" } })).Status);

        (await FromAsync("198.51.100.9", key)).IsProblem(403, "forbidden_address");
        Assert.Equal(200, (await FromAsync("203.0.113.77", key)).Status);
        Assert.Equal(200, (await FromAsync("2001:db8::7", key)).Status);
    }

    [Fact]
    public async Task A_key_of_its_own_list_needs_both()
    {
        var account = await MakeAsync(new { name = "collector", role = "reader", allowed_networks = new[] { "203.0.113.0/24" } });
        var key = await KeyOfAsync(account, new { account_id = account, allowed_networks = new[] { "203.0.113.8", "198.51.100.9" } });

        Assert.Equal(200, (await FromAsync("203.0.113.8", key)).Status);
        (await FromAsync("203.0.113.9", key)).IsProblem(403, "forbidden_address");
        (await FromAsync("198.51.100.9", key)).IsProblem(403, "forbidden_address");
    }

    [Fact]
    public async Task Another_role_is_its_keys_role_too_and_deleting_it_revokes_them()
    {
        var account = await MakeAsync(new { name = "job", role = "writer" });
        var key = await KeyOfAsync(account);
        (await _server.CallAsync("GET", "/v1/audit/events", key)).IsProblem(403, "forbidden");

        await _server.CallAsync("PUT", $"/v1/access/accounts/{account}", body: new { role = "auditor" });
        Assert.Equal(200, (await _server.CallAsync("GET", "/v1/audit/events", key)).Status);

        Assert.Equal(204, (await _server.CallAsync("DELETE", $"/v1/access/accounts/{account}")).Status);
        (await _server.CallAsync("GET", "/v1/audit/events", key)).IsProblem(401, "unauthorized");
        (await _server.CallAsync("GET", $"/v1/access/accounts/{account}")).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task A_key_of_an_account_has_neither_another_role_nor_another_tenant()
    {
        var account = await MakeAsync(new { name = "job", role = "writer", tenant_id = "acme" });

        (await _server.CallAsync("POST", "/v1/access/keys", body: new { account_id = account, role = "admin" })).IsProblem(400, "invalid_value");
        (await _server.CallAsync("POST", "/v1/access/keys", body: new { account_id = account, tenant_id = "beta" })).IsProblem(400, "invalid_value");
        (await _server.CallAsync("POST", "/v1/access/keys", body: new { account_id = "acc_none" })).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task A_tenants_admin_manages_its_tenants_accounts_only()
    {
        var (acme, beta) = (_server.Key(Role.Admin, "acme"), _server.Key(Role.Admin, "beta"));
        var account = await MakeAsync(new { name = "job", role = "writer" }, acme);

        Assert.Empty((await _server.CallAsync("GET", "/v1/access/accounts", beta)).Json.GetProperty("accounts").EnumerateArray());
        (await _server.CallAsync("GET", $"/v1/access/accounts/{account}", beta)).IsProblem(404, "not_found");
        (await _server.CallAsync("PUT", $"/v1/access/accounts/{account}", beta, new { role = "admin" })).IsProblem(404, "not_found");
        (await _server.CallAsync("DELETE", $"/v1/access/accounts/{account}", beta)).IsProblem(404, "not_found");
        (await _server.CallAsync("POST", "/v1/access/keys", beta, new { account_id = account })).IsProblem(404, "not_found");
        (await _server.CallAsync("POST", "/v1/access/accounts", beta, new { name = "x", role = "writer", tenant_id = "acme" })).IsProblem(403, "forbidden_tenant");
    }

    [Theory]
    [InlineData("""{"role":"reader"}""", "missing_field", "name")]
    [InlineData("""{"name":"x"}""", "missing_field", "role")]
    [InlineData("""{"name":"x","role":"root"}""", "invalid_value", "role")]
    [InlineData("""{"name":"x","role":"reader","allowed_networks":"10.0.0.0/8"}""", "invalid_type", "allowed_networks")]
    [InlineData("""{"name":"x","role":"reader","allowed_networks":["10.0.0.0/40"]}""", "invalid_value", "allowed_networks")]
    [InlineData("""{"name":"x","role":"reader","keys":[]}""", "unknown_field", "keys")]
    public async Task What_cannot_be_is_refused_by_name(string body, string code, string field)
    {
        var answer = await _server.CallAsync("POST", "/v1/access/accounts", body: body);

        answer.IsProblem(400, code);
        Assert.Equal(field, answer["field"]);
    }

    [Fact]
    public async Task A_key_can_be_followed_by_another_one_while_it_still_works_for_a_while()
    {
        var old = await _server.CallAsync("POST", "/v1/access/keys", body: new { name = "ci", role = "reader", tenant_id = "acme", allowed_networks = new[] { "203.0.113.0/24" } });

        var rotated = await _server.CallAsync("POST", $"/v1/access/keys/{old["id"]}/rotate", body: new { overlap = "2h" });

        var (before, after) = (old["key"]!, rotated.Json.GetProperty("created").GetProperty("key").GetString()!);
        Assert.Equal(201, rotated.Status);
        Assert.Equal(rotated.Json.GetProperty("created").GetProperty("id").GetString(), await OfListAsync(old["id"]!, "replaced_by"));
        Assert.Equal(200, (await FromAsync("203.0.113.1", after)).Status);
        (await FromAsync("198.51.100.1", after)).IsProblem(403, "forbidden_address");
        _server.Time.Advance(TimeSpan.FromMinutes(119));
        Assert.Equal(200, (await FromAsync("203.0.113.1", before)).Status);
        _server.Time.Advance(TimeSpan.FromMinutes(1));
        (await FromAsync("203.0.113.1", before)).IsProblem(401, "unauthorized");
        Assert.Equal(200, (await FromAsync("203.0.113.1", after)).Status);
        (await _server.CallAsync("POST", $"/v1/access/keys/{old["id"]}/rotate")).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task When_a_key_was_last_used_is_shown_and_written_down()
    {
        var made = await _server.CallAsync("POST", "/v1/access/keys", body: new { name = "ci", role = "reader" });
        Assert.Null(await LastUsedAsync(made["id"]!));

        await _server.CallAsync("GET", "/v1/audit/events", made["key"]);

        var shown = await LastUsedAsync(made["id"]!);
        Assert.NotNull(shown);
        await ((KeyUse)_server.Services.GetService(typeof(KeyUse))!).FlushAsync();
        Assert.Equal(shown, Sluice.Events.Timestamp.Text((await _server.Keys.ListAsync()).Single(key => key.Id == made["id"]).LastUsedAt!.Value));
    }

    private Task<string?> LastUsedAsync(string id) => OfListAsync(id, "last_used_at");

    private async Task<string?> OfListAsync(string id, string member) =>
        (await _server.CallAsync("GET", "/v1/access/keys")).Json.GetProperty("keys").EnumerateArray().Single(key => key.GetProperty("id").GetString() == id).GetProperty(member).GetString();

    private Task<Answer> FromAsync(string address, string key) => _server.CallAsync("GET", "/v1/audit/events", key, null, ("X-Forwarded-For", address));

    private async Task<string> MakeAsync(object body, string key = RunningServer.AdminKey)
    {
        var made = await _server.CallAsync("POST", "/v1/access/accounts", key, body);
        Assert.Equal(201, made.Status);
        return made["id"]!;
    }

    private async Task<string> KeyOfAsync(string account, object? body = null)
    {
        var made = await _server.CallAsync("POST", "/v1/access/keys", body: body ?? new { account_id = account });
        Assert.Equal((201, account), (made.Status, made["account_id"]));
        return made["key"]!;
    }
}
