using Microsoft.Extensions.DependencyInjection;
using Sluice.SelfAudit;
using Sluice.Storage;
using Sluice.Tenants;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Server.SelfAudit;

/// <summary>What Sluice's own ledger says of browsers that signed in.</summary>
public sealed class SessionEventTests
{
    [Fact]
    public async Task A_call_in_a_session_names_the_session_and_not_the_key()
    {
        await using var server = await RunningServer.StartAsync();
        var (session, cookie, _) = await SignInAsync(server, server.Key(Role.Admin, "acme"));

        await server.CallAsync("GET", "/v1/audit/siem", key: null, headers: ("Cookie", cookie));

        var told = await OwnEvents.OneAsync(server, "api_call.endpoint EQ \"/sluice.v1.DestinationService/ListDestinations\"");
        Assert.StartsWith("ses_", session, StringComparison.Ordinal);
        Assert.Equal((session, null, "machine", "test"), (told.Text("session_id"), told.Text("api_key_id"), told.Text("actor.type"), told.Text("actor.name")));
        var signIn = await OwnEvents.OneAsync(server, "api_call.endpoint EQ \"/sluice.v1.SessionService/SignIn\"");
        Assert.Equal((null, told.Text("actor.id")), (signIn.Text("session_id"), signIn.Text("api_key_id")));
    }

    [Fact]
    public async Task A_change_in_a_session_names_the_session()
    {
        await using var server = await RunningServer.StartAsync();
        var (session, cookie, csrf) = await SignInAsync(server, RunningServer.AdminKey);

        Assert.Equal(201, (await server.CallAsync("POST", "/v1/access/keys", key: null, body: new { name = "made by hand", role = "reader" }, ("Cookie", cookie), ("X-Sluice-CSRF", csrf))).Status);

        var told = await OwnEvents.OneAsync(server, "action EQ \"sluice.key.created\"");
        Assert.Equal((session, null, "key_env"), (told.Text("session_id"), told.Text("api_key_id"), told.Text("actor.id")));
    }

    [Fact]
    public async Task A_refused_call_in_a_session_is_told_with_it()
    {
        await using var server = await RunningServer.StartAsync();
        var (session, cookie, _) = await SignInAsync(server, RunningServer.AdminKey);

        (await server.CallAsync("POST", "/v1/access/keys", key: null, body: new { name = "x", role = "reader" }, ("Cookie", cookie))).IsProblem(403, "csrf");

        var told = await OwnEvents.OneAsync(server, "action EQ \"sluice.api.denied\"");
        Assert.Equal((session, null, "key_env"), (told.Text("session_id"), told.Text("api_key_id"), told.Text("actor.id")));
    }

    [Fact]
    public async Task Signing_in_and_out_are_told_without_what_the_browser_holds()
    {
        await using var server = await RunningServer.StartAsync();
        var (session, cookie, csrf) = await SignInAsync(server, RunningServer.AdminKey);

        await server.CallAsync("DELETE", "/v1/session", key: null, body: null, ("Cookie", cookie), ("X-Sluice-CSRF", csrf));

        var (started, ended) = (await OwnEvents.OneAsync(server, "action EQ \"sluice.session.started\""), await OwnEvents.OneAsync(server, "action EQ \"sluice.session.ended\""));
        foreach (var told in new[] { started, ended })
        {
            Assert.Equal((session, session, null, "key_env", "key", "key_env"), (told.Text("session_id"), told.Text("resource.id"), told.Text("api_key_id"), told.Text("actor.id"), told.Text("metadata.kind"), told.Text("metadata.key_id")));
            Assert.DoesNotContain(cookie.Split('=')[1], told.GetRawText(), StringComparison.Ordinal);
        }

        server.Time.Advance(TimeSpan.FromHours(13));
        await LookAsync(server);
        Assert.Empty(await OwnEvents.OfAsync(server, "action EQ \"sluice.session.expired\""));
    }

    [Fact]
    public async Task A_session_that_expires_is_told_of_once_on_time_by_whichever_node()
    {
        await using var server = await RunningServer.StartAsync(new() { ["Sluice:Console:SessionLifetime"] = "30m" });
        var other = new SessionExpiries(server.Services.GetRequiredService<IConfigurationStore>(), server.Time);
        await other.RunAsync(default);
        var (session, _, _) = await SignInAsync(server, RunningServer.AdminKey);
        var end = server.Time.GetUtcNow().AddMinutes(30);
        server.Time.Advance(TimeSpan.FromMinutes(29));
        await other.RunAsync(default);
        Assert.Empty(await OwnEvents.OfAsync(server, "action EQ \"sluice.session.expired\""));

        server.Time.Advance(TimeSpan.FromMinutes(1));
        await SignInAsync(server, RunningServer.AdminKey);
        await Task.WhenAll(other.RunAsync(default).AsTask(), LookAsync(server));
        var told = await OwnEvents.OneAsync(server, "action EQ \"sluice.session.expired\"");
        await new SessionExpiries(server.Services.GetRequiredService<IConfigurationStore>(), server.Time).RunAsync(default);

        Assert.Equal((session, session, "system"), (told.Text("session_id"), told.Text("resource.id"), told.Text("actor.type")));
        Assert.Equal(end.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'"), told.Text("timestamp"));
        Assert.Single(await OwnEvents.OfAsync(server, "action EQ \"sluice.session.expired\""));
    }

    [Fact]
    public async Task What_expired_while_nothing_ran_is_told_after_the_start()
    {
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string?> { ["Sluice:Data"] = folder.File("data"), ["Sluice:Console:SessionLifetime"] = "5m" };
        string session;
        await using (var server = await RunningServer.StartAsync(settings)) (session, _, _) = await SignInAsync(server, RunningServer.AdminKey);

        await using var again = await RunningServer.StartAsync(settings);
        again.Time.Advance(TimeSpan.FromMinutes(6));
        await LookAsync(again);

        Assert.Equal(session, (await OwnEvents.OneAsync(again, "action EQ \"sluice.session.expired\"")).Text("session_id"));
    }

    [Fact]
    public async Task An_address_fails_to_sign_in_ten_times_a_minute_and_no_oftener()
    {
        await using var server = await RunningServer.StartAsync();
        Task<Answer> trying(string key) => server.CallAsync("POST", "/v1/session", key: null, body: new { key });
        for (var i = 0; i < 20; i++) Assert.Equal(201, (await trying(RunningServer.AdminKey)).Status);
        for (var i = 0; i < 10; i++) (await trying("slc_live_wrong")).IsProblem(401, "unauthorized");

        var refused = await trying(RunningServer.AdminKey);
        server.Time.Advance(TimeSpan.FromMinutes(1));

        refused.IsProblem(429, "rate_limited");
        Assert.Equal("60", refused.Headers["Retry-After"]);
        Assert.Equal(201, (await trying(RunningServer.AdminKey)).Status);
    }

    private static async Task<(string Id, string Cookie, string Csrf)> SignInAsync(RunningServer server, string key)
    {
        var started = await server.CallAsync("POST", "/v1/session", key: null, body: new { key });
        return (started["id"]!, started.Headers["Set-Cookie"].Split(';')[0], started["csrf_token"]!);
    }

    private static Task LookAsync(RunningServer server) => Eventually.TrueAsync(() => server.Services.GetRequiredService<OwnWatch>().LookAsync());
}
