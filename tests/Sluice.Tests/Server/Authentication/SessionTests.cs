using Sluice.Tenants;

namespace Sluice.Tests.Server.Authentication;

/// <summary>Browsers that signed in with a key.</summary>
public sealed class SessionTests
{
    private const string Secret = "Set-Cookie", Events = "/v1/audit/events", Keys = "/v1/access/keys";

    [Fact]
    public async Task A_key_signs_in_and_the_session_is_whoever_the_key_is()
    {
        await using var server = await RunningServer.StartAsync();
        var key = server.Key(Role.Auditor, "acme");

        var started = await SignInAsync(server, key);
        var shown = await CallAsync(server, "GET", "/v1/session", CookieOf(started));

        Assert.Equal((201, 200), (started.Status, shown.Status));
        Assert.Equal(started.Text, shown.Text);
        Assert.Equal(("key", "test", "auditor", "acme", "2026-03-15T20:00:00.000000000Z"), (shown["kind"], shown["name"], shown["role"], shown["tenant_id"], shown["expires_at"]));
        Assert.Equal("""["read_events","export_events","view_destinations","view_access","view_operation"]""", shown["permissions"]);
        Assert.Equal("no-store", started.Headers["Cache-Control"]);
    }

    [Fact]
    public async Task The_cookie_is_for_this_site_and_for_no_script_and_the_key_is_not_in_it()
    {
        await using var server = await RunningServer.StartAsync();

        var cookie = (await SignInAsync(server, RunningServer.AdminKey)).Headers[Secret];
        var overTls = (await server.CallAsync("POST", "https://localhost/v1/session", key: null, body: new { key = RunningServer.AdminKey })).Headers[Secret];

        Assert.Matches("^sluice_session=[A-Za-z0-9_-]{43}; max-age=43200; path=/; samesite=strict; httponly$", cookie);
        Assert.EndsWith("; path=/; secure; samesite=strict; httponly", overTls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_opens_what_its_key_opens_and_nothing_else()
    {
        await using var server = await RunningServer.StartAsync();
        var cookie = CookieOf(await SignInAsync(server, server.Key(Role.Reader, "acme")));

        Assert.Equal(200, (await CallAsync(server, "GET", Events, cookie)).Status);
        (await CallAsync(server, "GET", "/v1/audit/siem", cookie)).IsProblem(403, "forbidden");
        (await CallAsync(server, "GET", $"{Events}?tenant_id=beta", cookie)).IsProblem(403, "forbidden_tenant");
        (await CallAsync(server, "GET", "/v1/nodes", cookie)).IsProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("not-a-key")]
    [InlineData("slc_live_0000000000000000000000000000000000000000")]
    [InlineData("")]
    public async Task An_unknown_key_signs_nobody_in(string key)
    {
        await using var server = await RunningServer.StartAsync();

        var answer = await SignInAsync(server, key);

        answer.IsProblem(401, "unauthorized");
        Assert.False(answer.Headers.ContainsKey(Secret));
    }

    [Theory]
    [InlineData("""{"key":5}""", 400, "invalid_type")]
    [InlineData("""{}""", 400, "missing_field")]
    [InlineData("""{"key":"x","remember":true}""", 400, "unknown_field")]
    [InlineData("""[]""", 400, "invalid_type")]
    public async Task A_sign_in_that_is_none_is_refused_by_name(string body, int status, string code)
    {
        await using var server = await RunningServer.StartAsync();

        (await server.CallAsync("POST", "/v1/session", key: null, body: body)).IsProblem(status, code);
    }

    [Fact]
    public async Task A_form_of_another_site_signs_nobody_in()
    {
        await using var server = await RunningServer.StartAsync();

        (await server.CallAsync("POST", "/v1/session", key: null, body: $$"""{"key":"{{RunningServer.AdminKey}}"}""", headers: ("Content-Type", "text/plain"))).IsProblem(415, "unsupported_media_type");
    }

    [Fact]
    public async Task A_call_that_changes_something_shows_that_it_comes_from_our_page()
    {
        await using var server = await RunningServer.StartAsync();
        var (mine, other) = (await SignInAsync(server, RunningServer.AdminKey), await SignInAsync(server, RunningServer.AdminKey));
        var body = new { name = "made by hand", role = "reader" };

        (await CallAsync(server, "POST", Keys, CookieOf(mine), body: body)).IsProblem(403, "csrf");
        (await CallAsync(server, "POST", Keys, CookieOf(mine), other["csrf_token"], body)).IsProblem(403, "csrf");
        (await CallAsync(server, "DELETE", "/v1/session", CookieOf(mine), "")).IsProblem(403, "csrf");
        Assert.Equal(403, (await CallAsync(server, "POST", "/api/graphql", CookieOf(mine), body: new { query = "{__typename}" })).Status);
        Assert.Equal(201, (await CallAsync(server, "POST", Keys, CookieOf(mine), mine["csrf_token"], body)).Status);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_at_once()
    {
        await using var server = await RunningServer.StartAsync();
        var (left, stays) = (await SignInAsync(server, RunningServer.AdminKey), await SignInAsync(server, RunningServer.AdminKey));

        var answer = await CallAsync(server, "DELETE", "/v1/session", CookieOf(left), left["csrf_token"]);

        Assert.Equal(204, answer.Status);
        Assert.Contains("expires=Thu, 01 Jan 1970", answer.Headers[Secret], StringComparison.Ordinal);
        (await CallAsync(server, "GET", Events, CookieOf(left))).IsProblem(401, "unauthorized");
        Assert.Equal(200, (await CallAsync(server, "GET", Events, CookieOf(stays))).Status);
    }

    [Fact]
    public async Task A_session_ends_after_its_lifetime_and_no_sooner()
    {
        await using var server = await RunningServer.StartAsync(new() { ["Sluice:Console:SessionLifetime"] = "30m" });
        var cookie = CookieOf(await SignInAsync(server, RunningServer.AdminKey));

        server.Time.Advance(TimeSpan.FromMinutes(29));
        var before = await CallAsync(server, "GET", Events, cookie);
        server.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(200, before.Status);
        (await CallAsync(server, "GET", Events, cookie)).IsProblem(401, "unauthorized");
    }

    [Fact]
    public async Task A_session_ends_with_its_key()
    {
        await using var server = await RunningServer.StartAsync();
        var (revoked, rotated) = (await MakeKeyAsync(server, "revoked"), await MakeKeyAsync(server, "rotated"));
        var (first, second) = (CookieOf(await SignInAsync(server, revoked.Text)), CookieOf(await SignInAsync(server, rotated.Text)));

        await server.CallAsync("DELETE", $"{Keys}/{revoked.Id}");
        await server.CallAsync("POST", $"{Keys}/{rotated.Id}/rotate", body: new { overlap = "1h" });

        (await CallAsync(server, "GET", Events, first)).IsProblem(401, "unauthorized");
        Assert.Equal(200, (await CallAsync(server, "GET", Events, second)).Status);
        server.Time.Advance(TimeSpan.FromHours(1));
        (await CallAsync(server, "GET", Events, second)).IsProblem(401, "unauthorized");
    }

    [Fact]
    public async Task A_session_outlives_a_restart_unless_its_key_does_not()
    {
        using var folder = new TemporaryFolder();
        Dictionary<string, string?> settings(string? environmentKey) => new() { ["Sluice:Data"] = folder.File("data"), ["SLUICE_ADMIN_KEY"] = environmentKey };
        string stored, ofEnvironment;
        await using (var server = await RunningServer.StartAsync(settings(RunningServer.AdminKey)))
        {
            stored = CookieOf(await SignInAsync(server, server.Key(Role.Admin)));
            ofEnvironment = CookieOf(await SignInAsync(server, RunningServer.AdminKey));
        }

        await using var again = await RunningServer.StartAsync(settings("another-admin-key-for-tests"));

        Assert.Equal(200, (await CallAsync(again, "GET", Events, stored)).Status);
        (await CallAsync(again, "GET", Events, ofEnvironment)).IsProblem(401, "unauthorized");
    }

    [Fact]
    public async Task A_session_and_its_key_share_one_rate_limit()
    {
        await using var server = await RunningServer.StartAsync(new() { ["Sluice:RateLimits:KeyRequestsPerMinute"] = "3" });
        var cookie = CookieOf(await SignInAsync(server, RunningServer.AdminKey));

        foreach (var _ in Enumerable.Range(0, 3)) Assert.Equal(200, (await CallAsync(server, "GET", Events, cookie)).Status);

        (await CallAsync(server, "GET", Events, cookie)).IsProblem(429, "rate_limited");
        (await server.CallAsync("GET", Events)).IsProblem(429, "rate_limited");
    }

    [Fact]
    public async Task A_key_in_a_header_goes_before_the_cookie()
    {
        await using var server = await RunningServer.StartAsync();
        var cookie = CookieOf(await SignInAsync(server, RunningServer.AdminKey));

        var answer = await server.CallAsync("GET", "/v1/session", server.Key(Role.Reader), headers: ("Cookie", cookie));

        Assert.Equal(("reader", "null", "null"), (answer["role"], answer["csrf_token"], answer["expires_at"]));
    }

    [Fact]
    public async Task Only_keys_are_offered_while_no_provider_is_set_up()
    {
        await using var server = await RunningServer.StartAsync();

        Assert.Equal("""{"key":true,"oidc":null}""", (await server.CallAsync("GET", "/v1/sign-in", key: null)).Text);
    }

    private static Task<Answer> SignInAsync(RunningServer server, string key) => server.CallAsync("POST", "/v1/session", key: null, body: new { key });

    private static string CookieOf(Answer started) => started.Headers[Secret].Split(';')[0];

    private static Task<Answer> CallAsync(RunningServer server, string method, string path, string cookie, string? csrf = null, object? body = null) =>
        server.CallAsync(method, path, key: null, body, csrf is null ? [("Cookie", cookie)] : [("Cookie", cookie), ("X-Sluice-CSRF", csrf)]);

    private static async Task<(string Id, string Text)> MakeKeyAsync(RunningServer server, string name)
    {
        var made = await server.CallAsync("POST", Keys, body: new { name, role = "reader" });
        return (made["id"]!, made["key"]!);
    }
}
