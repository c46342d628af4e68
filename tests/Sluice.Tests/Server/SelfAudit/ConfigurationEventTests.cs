using Microsoft.Extensions.DependencyInjection;
using Sluice.SelfAudit;
using Sluice.Storage;
using Sluice.Tenants;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Server.SelfAudit;

/// <summary>Every change of the configuration is an event, with what was and what is, and no secret.</summary>
public sealed class ConfigurationEventTests
{
    [Fact]
    public async Task Each_change_of_a_destination_leaves_one_event_with_before_and_after()
    {
        await using var server = await RunningServer.StartAsync();
        var created = await server.CallAsync("POST", "/v1/audit/siem", body: """{"name":"siem","provider":"webhook","endpoint":"https://siem.example.com/in","secret":"s3cret-1","headers":[{"name":"X-Token","value":"s3cret-2","secret":true}],"enabled":false}""");
        var id = created["id"];
        await server.CallAsync("PUT", $"/v1/audit/siem/{id}", body: """{"name":"renamed","secret":"s3cret-3"}""");
        await server.CallAsync("PUT", $"/v1/audit/siem/{id}/headers/X-Team", body: """{"value":"blue"}""");
        await server.CallAsync("PUT", $"/v1/audit/siem/{id}", body: """{"enabled":true}""");
        await server.CallAsync("PUT", $"/v1/audit/siem/{id}", body: """{"enabled":false}""");
        await server.CallAsync("DELETE", $"/v1/audit/siem/{id}");

        var told = await OwnEvents.OfAsync(server, "action PREFIX \"sluice.destination.\"");

        Assert.Equal(["created", "updated", "updated", "enabled", "disabled", "deleted"], told.Select(one => one.Text("action")!.Split('.')[^1]));
        Assert.All(told, one => Assert.Equal((id, "destination", "key_env"), (one.Text("resource.id"), one.Text("resource.type"), one.Text("api_key_id"))));
        Assert.Equal(("null", "siem"), (told[0].Text("metadata.before"), told[0].Text("metadata.after.name")));
        Assert.Equal(("siem", "renamed", """["name","secret"]"""), (told[1].Text("metadata.before.name"), told[1].Text("metadata.after.name"), told[1].Text("metadata.members")));
        Assert.Contains("X-Team", told[2].Text("metadata.after.headers"), StringComparison.Ordinal);
        Assert.Equal(("renamed", "null"), (told[5].Text("metadata.before.name"), told[5].Text("metadata.after")));
        Assert.DoesNotContain("s3cret", string.Join("\n", await OwnEvents.OfAsync(server)), StringComparison.Ordinal);
        Assert.Equal(created.Headers["X-Request-Id"], told[0].Text("request_id"));
    }

    [Fact]
    public async Task A_change_that_is_larger_than_an_event_is_kept_with_its_long_lists_cut()
    {
        await using var server = await RunningServer.StartAsync();
        var types = string.Join(",", Enumerable.Range(0, 1_000).Select(i => $"\"{i:D4}{new string('a', 240)}\""));
        var id = (await server.CallAsync("POST", "/v1/audit/siem", body: $$"""{"name":"big","provider":"stdout","event_types":[{{types}}],"enabled":false}"""))["id"];
        await server.CallAsync("PUT", $"/v1/audit/siem/{id}", body: """{"name":"bigger"}""");

        var told = await OwnEvents.OfAsync(server, "action EQ \"sluice.destination.updated\"");

        Assert.Equal(("big", "bigger"), (Assert.Single(told).Text("metadata.before.name"), told[0].Text("metadata.after.name")));
        Assert.EndsWith("\"… 980 more\"]", told[0].Text("metadata.after.event_types"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_with_what_no_event_may_hold_does_not_keep_its_change_out_of_the_record()
    {
        await using var server = await RunningServer.StartAsync();
        await server.CallAsync("POST", "/v1/audit/siem", body: """{"name":"n","provider":"stdout","filter":"action EQ \"a\u0000b\"","enabled":false,"force":true}""");

        var told = await OwnEvents.OfAsync(server, "action EQ \"sluice.destination.created\"");

        Assert.Equal("action EQ \"a\ufffdb\"", Assert.Single(told).Text("metadata.after.filter"));
    }

    [Fact]
    public async Task Each_change_of_keys_accounts_tenants_and_retention_leaves_one_event()
    {
        await using var server = await RunningServer.StartAsync();
        var key = (await server.CallAsync("POST", "/v1/access/keys", body: """{"name":"k","role":"reader","tenant_id":"acme"}"""))["id"];
        await server.CallAsync("POST", $"/v1/access/keys/{key}/rotate", body: """{"overlap":"1h"}""");
        await server.CallAsync("DELETE", $"/v1/access/keys/{key}");
        var account = (await server.CallAsync("POST", "/v1/access/accounts", body: """{"name":"a","role":"writer"}"""))["id"];
        await server.CallAsync("PUT", $"/v1/access/accounts/{account}", body: """{"allowed_networks":["10.0.0.0/8"]}""");
        await server.CallAsync("DELETE", $"/v1/access/accounts/{account}");
        await server.CallAsync("PUT", "/v1/access/tenants/acme", body: """{"name":"Acme"}""");
        await server.CallAsync("DELETE", "/v1/access/tenants/acme");
        await server.CallAsync("PUT", "/v1/audit/retention", body: """{"days":30}""");
        await server.CallAsync("PUT", "/v1/audit/retention", body: """{"days":0}""");

        var told = (await OwnEvents.OfAsync(server)).Where(one => one.Text("metadata.before") is not null).ToList();

        Assert.Equal(
            ["key.created", "key.rotated", "key.revoked", "account.created", "account.updated", "account.deleted", "tenant.updated", "tenant.forgotten", "retention.updated"],
            told.OrderBy(one => one.GetProperty("sequence").GetInt64()).Select(one => one.Text("action")!["sluice.".Length..]));
        Assert.Equal("""["10.0.0.0/8"]""", told.Single(one => one.Text("action") == OwnActions.AccountUpdated).Text("metadata.after.allowed_networks"));
        Assert.Equal("30", told[^1].Text("metadata.after.days"));
    }

    [Fact]
    public async Task A_change_made_beside_the_server_is_told_too()
    {
        await using var server = await RunningServer.StartAsync();
        var beside = new AccessKeys(server.Services.GetRequiredService<IConfigurationStore>(), server.Time, environmentKey: null);

        await Task.Run(async () =>
        {
            ChangeOrigin.Current = ChangeOrigin.CommandLine;
            await beside.CreateAsync(new AccessKeyRequest("by hand", Role.Reader));
        });

        var told = await OwnEvents.OneAsync(server, "action EQ \"sluice.key.created\"");
        Assert.Equal(("system", "sluice-cli", "by hand"), (told.Text("actor.type"), told.Text("actor.id"), told.Text("resource.name")));
    }

    [Fact]
    public async Task Changes_of_the_configuration_are_streamed_like_any_other_event()
    {
        await using var server = await RunningServer.StartAsync();
        await server.CallAsync("POST", "/v1/audit/siem", body: """{"provider":"file","path":"own.ndjson","tenant_id":"_sluice","event_types":["sluice.key.*"],"force":true}""");
        await server.CallAsync("POST", "/v1/access/keys", body: """{"name":"streamed","role":"reader"}""");

        await Eventually.TrueAsync(async () => (await server.CallAsync("GET", "/v1/audit/siem")).Json.GetProperty("destinations")[0].GetProperty("cursor").GetInt64() >= Sequence(await OwnEvents.OneAsync(server, "action EQ \"sluice.key.created\"")));

        await server.StopAsync();
        static long Sequence(System.Text.Json.JsonElement one) => one.GetProperty("sequence").GetInt64();
    }

    [Fact]
    public async Task A_key_that_ends_is_told_of_once_on_time_and_after_a_restart()
    {
        await using var server = await RunningServer.StartAsync();
        await LookAsync(server);
        var end = server.Time.GetUtcNow().AddHours(1);
        var key = (await server.CallAsync("POST", "/v1/access/keys", body: new { name = "short", role = "reader", expires_at = end.ToString("O") }))["id"];
        await Eventually.TrueAsync(async () => (await OwnEvents.OfAsync(server, "action EQ \"sluice.key.created\"")).Count == 1);
        Assert.Empty(await OwnEvents.OfAsync(server, "action EQ \"sluice.key.expired\""));

        server.Time.Advance(TimeSpan.FromMinutes(61));
        await LookAsync(server);
        var told = await OwnEvents.OneAsync(server, "action EQ \"sluice.key.expired\"");
        Assert.Equal((key, "system", end.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'")), (told.Text("resource.id"), told.Text("actor.type"), told.Text("timestamp")));

        var again = new KeyExpiries(server.Services.GetRequiredService<AccessDirectory>(), server.Services.GetRequiredService<IConfigurationStore>(), server.Time);
        await again.RunAsync(default);
        Assert.Single(await OwnEvents.OfAsync(server, "action EQ \"sluice.key.expired\""));
    }

    [Fact]
    public async Task A_checkpoint_is_told_of_once_an_hour_and_only_when_events_came()
    {
        await using var server = await RunningServer.StartAsync();
        async Task<int> Told(int atLeast)
        {
            await Eventually.TrueAsync(async () => (await OwnEvents.OfAsync(server, "action EQ \"sluice.checkpoint.signed\"")).Count >= atLeast);
            return (await OwnEvents.OfAsync(server, "action EQ \"sluice.checkpoint.signed\"")).Count;
        }

        await Send(server);
        Assert.Equal(1, await Told(1));
        await Send(server);
        server.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, await Told(2));
        server.Time.Advance(TimeSpan.FromHours(5));
        await LookAsync(server);
        Assert.Equal(2, await Told(2));
    }

    [Fact]
    public async Task Sign_ins_from_two_networks_in_a_short_time_are_told_of_and_others_are_not()
    {
        await using var server = await RunningServer.StartAsync();
        await LookAsync(server);
        await SignIn(server, "ada", "203.0.113.7", 0);
        await SignIn(server, "ada", "203.0.200.9", 60);       // the same provider
        await SignIn(server, "bob", "203.0.113.7", 0);
        await SignIn(server, "bob", "198.51.100.4", 600);     // later
        await SignIn(server, "eve", "203.0.113.7", 0);
        await SignIn(server, "eve", "2001:db8::1", 60);
        server.Time.Advance(TimeSpan.FromSeconds(11));
        await LookAsync(server);

        var told = await OwnEvents.OneAsync(server, "action EQ \"sluice.security.distant_networks\"");

        Assert.Equal(("eve", "acme", "60"), (told.Text("resource.id"), told.Text("metadata.tenant_id"), told.Text("metadata.seconds")));
    }

    [Fact]
    public async Task A_certificate_that_ends_is_told_of_once_by_the_date_that_was_declared_last()
    {
        await using var server = await RunningServer.StartAsync(new() { ["Sluice:Audit:CertificateExpiry"] = "true" });
        await Certificate(server, "issue", "kept", "2026-03-15T09:00:00Z");
        await Certificate(server, "issue", "renewed", "2026-03-15T09:00:00Z");
        await Certificate(server, "renew", "renewed", "2027-03-15T09:00:00Z");
        await Certificate(server, "issue", "revoked", "2026-03-15T09:00:00Z");
        await Certificate(server, "revoke", "revoked", null);
        await Certificate(server, "issue", "odd", "next year");
        await LookAsync(server);
        Assert.Empty(await OwnEvents.OfAsync(server, "action EQ \"sluice.certificate.expired\""));

        server.Time.Advance(TimeSpan.FromHours(2));
        var told = await OwnEvents.OneAsync(server, "action EQ \"sluice.certificate.expired\"");

        Assert.Equal(("kept", "acme", "2026-03-15T09:00:00.000000000Z", "system"), (told.Text("resource.id"), told.Text("metadata.tenant_id"), told.Text("timestamp"), told.Text("actor.type")));
        await LookAsync(server);
        Assert.Single(await OwnEvents.OfAsync(server, "action EQ \"sluice.certificate.expired\""));
    }

    private static Task Certificate(RunningServer server, string verb, string id, string? end) => server.CallAsync("POST", "/v1/audit/events", body: new
    {
        tenant_id = "acme", action = "certificate." + verb, outcome = "success", actor = new { type = "user", id = "ada" }, resource = new { type = "certificate", id }, metadata = new { not_after = end },
    });

    private static Task SignIn(RunningServer server, string who, string from, int second) => server.CallAsync("POST", "/v1/audit/events", body: new
    {
        tenant_id = "acme", action = "user.login", outcome = "success", actor = new { type = "user", id = who }, source_ip = from, timestamp = $"2026-03-15T07:{second / 60:00}:00Z",
    });

    /// <summary>A node that shares a database has its turn a moment after it began, and after a leap of the clock it begins anew.</summary>
    private static Task LookAsync(RunningServer server) => Eventually.TrueAsync(async () =>
    {
        if (await server.Services.GetRequiredService<OwnWatch>().LookAsync()) return true;
        server.Time.Advance(TimeSpan.FromMilliseconds(10));
        return false;
    });

    private static Task Send(RunningServer server) => server.CallAsync("POST", "/v1/audit/events", body: """{"action":"a.b","outcome":"success","actor":{"type":"user","id":"u"}}""");
}
