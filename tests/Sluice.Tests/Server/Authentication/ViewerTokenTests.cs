using Microsoft.Extensions.DependencyInjection;
using Sluice.Server.Authentication;
using Sluice.Tenants;

namespace Sluice.Tests.Server.Authentication;

/// <summary>Tokens by which a product shows its customers their own events.</summary>
public sealed class ViewerTokenTests
{
    private const string Tokens = "/v1/viewer-tokens", Events = "/v1/audit/events";

    /// <summary>All that one can do with a viewer token; every other call is refused.</summary>
    private static readonly string[] Opened =
    [
        "GET /v1/audit/events", "GET /v1/audit/events/{id}", "GET /v1/audit/events/{id}/proof", "GET /v1/audit/stats", "GET /v1/audit/event-types", "GET /v1/audit/checkpoints", "GET /v1/session",
    ];

    [Fact]
    public async Task It_shows_its_tenants_events_their_counts_and_their_proofs()
    {
        await using var server = await FilledAsync();
        var token = await TokenAsync(server, new { tenant_id = "acme" });

        var list = await AskAsync(server, Events, token);
        var (one, proof, stats) = (await AskAsync(server, $"{Events}/a1", token), await AskAsync(server, $"{Events}/a1/proof", token), await AskAsync(server, "/v1/audit/stats?group_by=action", token));

        Assert.Equal(["a2", "a1"], Ids(list));
        Assert.Equal(("a1", 200, "2"), (one["id"], proof.Status, stats["total"]));
        Assert.Equal(200, (await AskAsync(server, $"{Events}/a1?profile=ocsf", token)).Status);
        Assert.Equal(200, (await AskAsync(server, "/v1/audit/checkpoints?page_size=1", token)).Status);
    }

    [Fact]
    public async Task It_opens_no_other_call()
    {
        await using var server = await FilledAsync();
        var token = await TokenAsync(server, new { tenant_id = "acme" });
        var closed = CallRules.Rows.Where(row => !row.Value.IsOpen || row.Value.TakesKey).Select(row => row.Key).Except(Opened).ToList();
        Assert.True(closed.Count > 40, "Fewer calls than there are.");

        foreach (var route in closed)
        {
            var (method, path) = (route.Split(' ')[0], route.Split(' ')[1].Replace("{sequence:long}", "0", StringComparison.Ordinal));
            var answer = await server.CallAsync(method, path, key: null, body: method is "GET" or "DELETE" ? null : new { }, headers: ("Authorization", $"Bearer {token}"));
            Assert.True(answer.Status == 403 && answer.Text.Contains("A viewer token only reads its tenant's events", StringComparison.Ordinal), $"{route}: {answer.Status} {answer.Text}");
        }
    }

    [Fact]
    public void Every_call_that_takes_it_is_known_here() => Assert.Equal(Opened.Order(), CallRules.Rows.Where(row => row.Value.ForViewers).Select(row => row.Key).Order());

    [Fact]
    public async Task It_names_no_other_tenant_and_not_Sluices_own_events()
    {
        await using var server = await FilledAsync();
        var token = await TokenAsync(server, new { tenant_id = "acme" });

        foreach (var tenant in new[] { "beta", "_sluice" }) (await AskAsync(server, $"{Events}?tenant_id={tenant}", token)).IsProblem(403, "forbidden_tenant");
        foreach (var path in new[] { Events, $"{Events}/b1", "/v1/audit/stats" }) (await AskAsync(server, $"{path}?source=sluice", token)).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task Another_tenants_event_is_not_there_for_it()
    {
        await using var server = await FilledAsync();
        var token = await TokenAsync(server, new { tenant_id = "acme" });

        (await AskAsync(server, $"{Events}/b1", token)).IsProblem(404, "not_found");
        (await AskAsync(server, $"{Events}/b1/proof", token)).IsProblem(404, "not_found");
        Assert.Empty(Ids(await AskAsync(server, $"{Events}?filter={Uri.EscapeDataString("tenant_id EQ \"beta\" OR sequence GE 0 AND NOT tenant_id EQ \"acme\"")}", token)));
    }

    [Fact]
    public async Task A_fixed_filter_cannot_be_widened()
    {
        await using var server = await FilledAsync();
        var token = await TokenAsync(server, new { tenant_id = "acme", filter = "action EQ \"user.login\" OR action EQ \"user.logout\"" });

        foreach (var (filter, found) in new[] { ("", 1), ("action EQ \"user.login\" OR action EQ \"key.rotate\"", 1), ("NOT action EQ \"user.login\"", 0), ("sequence GE 0", 1), ("action EQ \"key.rotate\"", 0) })
        {
            var list = await AskAsync(server, $"{Events}?filter={Uri.EscapeDataString(filter)}", token);
            var stats = await AskAsync(server, $"/v1/audit/stats?filter={Uri.EscapeDataString(filter)}", token);
            Assert.Equal(found == 1 ? ["a1"] : [], Ids(list));
            Assert.Equal(found, stats.Json.GetProperty("total").GetInt32());
        }

        foreach (var path in new[] { $"{Events}/a2", $"{Events}/a2/proof" }) (await AskAsync(server, path, token)).IsProblem(404, "not_found");
        Assert.Equal("a1", (await AskAsync(server, $"{Events}/a1", token))["id"]);
    }

    [Fact]
    public async Task A_page_token_of_somebody_else_does_not_widen_it_either()
    {
        await using var server = await FilledAsync();
        var whole = await AskAsync(server, $"{Events}?order=asc&page_size=1", await TokenAsync(server, new { tenant_id = "acme" }));
        var bound = await TokenAsync(server, new { tenant_id = "acme", filter = "action EQ \"user.login\"" });

        var rest = await AskAsync(server, $"{Events}?page_token={Uri.EscapeDataString(whole["next_page_token"]!)}", bound);

        Assert.Equal(["a1"], Ids(whole));
        Assert.Empty(Ids(rest));
    }

    [Fact]
    public async Task Who_may_read_a_tenants_events_may_show_them()
    {
        await using var server = await RunningServer.StartAsync();

        foreach (var (role, holder, tenant, status) in new (Role, string?, string?, int)[]
        {
            (Role.Admin, null, "acme", 201), (Role.Auditor, null, "acme", 201), (Role.Reader, null, "acme", 201), (Role.Admin, "acme", "acme", 201), (Role.Reader, "acme", null, 201),
            (Role.Writer, "acme", "acme", 403), (Role.Operator, null, "acme", 403), (Role.Admin, "beta", "acme", 403), (Role.Reader, null, null, 400),
        })
        {
            Assert.Equal(status, (await MakeAsync(server, new { tenant_id = tenant }, server.Key(role, holder))).Status);
        }
    }

    [Fact]
    public async Task What_cannot_be_is_refused_by_name()
    {
        await using var server = await RunningServer.StartAsync();

        foreach (var (member, code, field) in new[]
        {
            ("\"tenant_id\":\"_sluice\"", "invalid_value", "tenant_id"), ("\"tenant_id\":\"\"", "invalid_string", "tenant_id"),
            ("\"tenant_id\":\"acme\",\"expires_in_seconds\":59", "invalid_value", "expires_in_seconds"), ("\"tenant_id\":\"acme\",\"expires_in_seconds\":86401", "invalid_value", "expires_in_seconds"),
            ("\"tenant_id\":\"acme\",\"expires_in_seconds\":\"900\"", "invalid_type", "expires_in_seconds"), ("\"tenant_id\":\"acme\",\"filter\":\"action IS 5\"", "invalid_filter", "filter"),
            ("\"tenant_id\":\"acme\",\"user\":\"a\\nb\"", "invalid_string", "user"), ("\"tenant_id\":\"acme\",\"role\":\"admin\"", "unknown_field", "role"),
        })
        {
            (await MakeAsync(server, $"{{{member}}}")).IsProblem(400, code, field);
        }
    }

    [Fact]
    public async Task It_says_what_it_is()
    {
        await using var server = await RunningServer.StartAsync();

        var made = await MakeAsync(server, new { tenant_id = "acme", user = "ada@acme.example", filter = "outcome EQ \"denied\"" });
        var shown = await AskAsync(server, "/v1/session", made["token"]!);

        Assert.Matches("^slv_[A-Za-z0-9_-]{43}$", made["token"]);
        Assert.Equal($"/viewer#token={made["token"]}", made["url"]);
        Assert.Equal(("2026-03-15T08:15:00.000000000Z", "acme", "no-store"), (made["expires_at"], made["tenant_id"], made.Headers["Cache-Control"]));
        Assert.Equal((made["id"], "viewer", "ada@acme.example", "acme", """["read_events"]""", made["expires_at"], "null"),
            (shown["id"], shown["kind"], shown["name"], shown["tenant_id"], shown["permissions"], shown["expires_at"], shown["csrf_token"]));
    }

    [Fact]
    public async Task It_ends_exactly_when_it_says()
    {
        await using var server = await RunningServer.StartAsync();
        var token = await TokenAsync(server, new { tenant_id = "acme", expires_in_seconds = 60 });

        server.Time.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        var before = await AskAsync(server, Events, token);
        server.Time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(200, before.Status);
        (await AskAsync(server, Events, token)).IsProblem(401, "unauthorized");
    }

    [Fact]
    public async Task It_is_revoked_at_once_by_its_maker_or_an_admin_and_by_nobody_else()
    {
        await using var server = await RunningServer.StartAsync();
        var maker = server.Key(Role.Reader, "acme");
        var (first, second) = (await MakeAsync(server, new { }, maker), await MakeAsync(server, new { }, maker));

        foreach (var other in new[] { server.Key(Role.Reader, "acme"), server.Key(Role.Admin, "beta"), server.Key(Role.Auditor) })
            (await server.CallAsync("DELETE", $"{Tokens}/{first["id"]}", other)).IsProblem(404, "not_found");
        Assert.Equal(200, (await AskAsync(server, Events, first["token"]!)).Status);

        Assert.Equal(204, (await server.CallAsync("DELETE", $"{Tokens}/{first["id"]}", maker)).Status);
        Assert.Equal(204, (await server.CallAsync("DELETE", $"{Tokens}/{second["id"]}", server.Key(Role.Admin, "acme"))).Status);

        (await AskAsync(server, Events, first["token"]!)).IsProblem(401, "unauthorized");
        (await AskAsync(server, Events, second["token"]!)).IsProblem(401, "unauthorized");
        (await server.CallAsync("DELETE", $"{Tokens}/{first["id"]}", maker)).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task It_ends_with_the_key_that_made_it()
    {
        await using var server = await RunningServer.StartAsync();
        var key = await server.CallAsync("POST", "/v1/access/keys", body: new { name = "backend", role = "reader" });
        var token = await TokenAsync(server, new { tenant_id = "acme" }, key["key"]!);

        Assert.Equal(200, (await AskAsync(server, Events, token)).Status);
        await server.CallAsync("DELETE", $"/v1/access/keys/{key["id"]}");

        (await AskAsync(server, Events, token)).IsProblem(401, "unauthorized");
    }

    [Fact]
    public async Task It_is_good_from_everywhere_though_its_key_is_not()
    {
        await using var server = await RunningServer.StartAsync();
        var made = await server.CallAsync("POST", "/v1/access/keys", body: new { name = "backend", role = "reader", allowed_networks = new[] { "203.0.113.0/24" } });
        var caller = new Caller(made["id"]!, "backend", Role.Reader, null);
        var tokens = server.Services.GetRequiredService<ViewerTokens>();
        var started = await tokens.CreateAsync(made["key"]!, caller, "acme", new ViewerGrant(null, null), TimeSpan.FromMinutes(1), new Sluice.SelfAudit.ChangeOrigin(Sluice.SelfAudit.OwnActor.Of(caller)), TestContext.Current.CancellationToken);

        Assert.Equal(200, (await AskAsync(server, Events, started.Text)).Status);
        (await server.CallAsync("GET", Events, made["key"])).IsProblem(403, "forbidden_address");
    }

    [Fact]
    public async Task It_outlives_a_restart()
    {
        using var folder = new TemporaryFolder();
        Dictionary<string, string?> settings = new() { ["Sluice:Data"] = folder.File("data") };
        string token;
        await using (var server = await RunningServer.StartAsync(settings)) token = await TokenAsync(server, new { tenant_id = "acme", filter = "action EQ \"user.login\"" });

        await using var again = await FilledAsync(settings);

        Assert.Equal(["a1"], Ids(await AskAsync(again, Events, token)));
    }

    [Fact]
    public async Task It_is_no_cookie_and_a_browsers_session_makes_none()
    {
        await using var server = await RunningServer.StartAsync();
        var token = await TokenAsync(server, new { tenant_id = "acme" });
        var signedIn = await server.CallAsync("POST", "/v1/session", key: null, body: new { key = RunningServer.AdminKey });

        (await server.CallAsync("GET", Events, key: null, headers: ("Cookie", $"sluice_session={token}"))).IsProblem(401, "unauthorized");
        (await server.CallAsync("POST", Tokens, key: null, new { tenant_id = "acme" }, ("Cookie", signedIn.Headers["Set-Cookie"].Split(';')[0]), ("X-Sluice-CSRF", signedIn["csrf_token"]!))).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task A_viewer_does_not_use_up_what_its_key_may_ask()
    {
        await using var server = await RunningServer.StartAsync(new() { ["Sluice:RateLimits:KeyRequestsPerMinute"] = "3" });
        var token = await TokenAsync(server, new { tenant_id = "acme" });

        foreach (var _ in Enumerable.Range(0, 3)) Assert.Equal(200, (await AskAsync(server, Events, token)).Status);

        (await AskAsync(server, Events, token)).IsProblem(429, "rate_limited");
        Assert.Equal(200, (await server.CallAsync("GET", Events)).Status);
    }

    [Fact]
    public async Task What_it_was_made_for_and_what_is_done_with_it_stands_in_the_record_and_the_token_does_not()
    {
        await using var server = await FilledAsync();
        var made = await MakeAsync(server, new { tenant_id = "acme", user = "ada@acme.example" });
        await AskAsync(server, $"{Events}/a1", made["token"]!);
        await AskAsync(server, $"/v1/audit/siem?page_token={made["token"]}", made["token"]!);
        await server.CallAsync("DELETE", $"{Tokens}/{made["id"]}");

        var own = await server.CallAsync("GET", $"{Events}?tenant_id=acme&source=sluice&order=asc");
        var events = own.Json.GetProperty("events").EnumerateArray().Where(one => one.TryGetProperty("session_id", out var id) && id.GetString() == made["id"]).ToList();

        var byAction = events.ToLookup(one => one.GetProperty("action").GetString());

        Assert.Equal(["sluice.api.call", "sluice.api.denied", "sluice.session.ended", "sluice.session.started"], byAction.Select(group => group.Key).Order(StringComparer.Ordinal));
        var started = byAction["sluice.session.started"].Single();
        Assert.Equal(("viewer", "key_env", "ada@acme.example"), (Member(started, "metadata", "kind"), Member(started, "metadata", "key_id"), Member(started, "metadata", "viewer")));
        Assert.All(byAction["sluice.api.call"].Concat(byAction["sluice.api.denied"]), one => Assert.Equal(("user", "ada@acme.example", "viewer"), (Member(one, "actor", "type"), Member(one, "actor", "id"), Member(one, "metadata", "role"))));
        Assert.DoesNotContain(made["token"]!, own.Text, StringComparison.Ordinal);
    }

    private static string? Member(System.Text.Json.JsonElement one, string parent, string name) => one.GetProperty(parent).GetProperty(name).GetString();

    private static async Task<RunningServer> FilledAsync(Dictionary<string, string?>? settings = null)
    {
        var server = await RunningServer.StartAsync(settings);
        foreach (var (id, tenant, action) in new[] { ("a1", "acme", "user.login"), ("b1", "beta", "user.login"), ("a2", "acme", "key.rotate") })
            await server.CallAsync("POST", Events, body: new { id, tenant_id = tenant, action, outcome = "success", actor = new { type = "user", id = "usr_1" } });
        return server;
    }

    private static Task<Answer> MakeAsync(RunningServer server, object body, string key = RunningServer.AdminKey) => server.CallAsync("POST", Tokens, key, body);

    private static async Task<string> TokenAsync(RunningServer server, object body, string key = RunningServer.AdminKey) => (await MakeAsync(server, body, key))["token"]!;

    private static Task<Answer> AskAsync(RunningServer server, string path, string token) => server.CallAsync("GET", path, key: null, headers: ("Authorization", $"Bearer {token}"));

    private static string[] Ids(Answer answer) => [.. answer.Json.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];
}
