using System.Text.Json.Nodes;
using Sluice.Emulators;
using Sluice.Testing;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Server.Dialects.GitLab;

/// <summary>What arrives, as it was set up with GitLab's calls, and changes of it without a restart.</summary>
public sealed class GitLabStreamTests(GitLabServer gitlab) : IClassFixture<GitLabServer>, IAsyncLifetime
{
    private const string Legacy = "instanceExternalAuditEventDestination", Headers = "auditEventsStreamingInstanceHeaders";

    private Receiver _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Receiver.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task GL_01_GL_03_GL_30_GL_32_GL_33_An_instances_destination_gets_all_tenants_events_one_a_request()
    {
        var (id, token) = await MakeAsync("all");

        await gitlab.HappenAsync("acme", "beta", "default");

        var came = await CameAsync("all", 3);
        Assert.Equal(["acme", "beta", "default"], came.Select(one => (string?)one.Event["entity_path"]));
        Assert.All(came, one =>
        {
            Assert.Equal(("POST", "application/x-www-form-urlencoded", "user.login", token), (one.Request.Method, one.Header("Content-Type"), one.Header("X-Gitlab-Audit-Event-Type"), one.Header("X-Gitlab-Event-Streaming-Token")));
            Assert.Equal(
                ["author_id", "author_name", "created_at", "details", "entity_id", "entity_path", "entity_type", "event_type", "id", "ip_address", "target_details", "target_id", "target_type"],
                one.Event.Select(member => member.Key).Order(StringComparer.Ordinal));
        });
        await EndAsync(id);
    }

    [Fact]
    public async Task GL_07_GL_08_GL_18_GL_31_Changes_of_headers_count_from_the_next_event_on()
    {
        var (id, token) = await MakeAsync("headed");
        var team = (string)(await gitlab.MutateAsync($"{Headers}Create", new { destinationId = id, key = "X-Team", value = "one", active = false }, "header { id }"))["header"]!["id"]!;
        await gitlab.HappenAsync("acme");
        await CameAsync("headed", 1);

        Assert.Equal("", await gitlab.RefusalAsync($"{Headers}Update", new { headerId = team, active = true }));
        Assert.Equal("", await gitlab.RefusalAsync($"{Headers}Create", new { destinationId = id, key = "content-type", value = "application/json" }));
        await gitlab.HappenAsync("acme");
        await CameAsync("headed", 2);
        Assert.Equal("", await gitlab.RefusalAsync($"{Headers}Destroy", new { headerId = team }));
        await gitlab.HappenAsync("acme");

        var came = await CameAsync("headed", 3);
        Assert.Equal([null, "one", null], came.Select(one => one.Header("X-Team")));
        Assert.Equal(["application/x-www-form-urlencoded", "application/json", "application/json"], came.Select(one => one.Header("Content-Type")));
        Assert.All(came, one => Assert.Equal(token, one.Header("X-Gitlab-Event-Streaming-Token")));
        await EndAsync(id);
    }

    [Fact]
    public async Task GL_43_A_paused_destination_keeps_its_settings_and_is_sent_nothing()
    {
        var (id, token) = await MakeAsync("paused");
        Assert.Equal("", await gitlab.RefusalAsync($"{Headers}Create", new { destinationId = id, key = "X-Kept", value = "kept" }));
        Assert.Equal("", await gitlab.RefusalAsync($"{Legacy}Update", new { id, active = false }));
        await gitlab.HappenAsync("acme", "acme");
        Assert.Equal(("disabled", token), ((string?)(await gitlab.RowAsync("paused"))!["status"], (string?)(await gitlab.RowAsync("paused"))!["verification_token"]));

        Assert.Equal("", await gitlab.RefusalAsync($"{Legacy}Update", new { id, active = true }));
        await gitlab.HappenAsync("beta");

        var one = Assert.Single(await CameAsync("paused", 1));
        Assert.Equal(("beta", "kept", 1), ((string?)one.Event["entity_path"], one.Header("X-Kept"), (int)(await gitlab.RowAsync("paused"))!["gaps"]!));
        await EndAsync(id);
    }

    [Fact]
    public async Task GL_20_Without_the_last_destination_nothing_is_streamed_and_another_one_begins_again()
    {
        var (id, _) = await MakeAsync("last");
        await gitlab.HappenAsync("acme");
        await CameAsync("last", 1);
        await EndAsync(id);
        await StreamHarness.UntilNowAsync(() => gitlab.RowAsync("last").GetAwaiter().GetResult() is null);
        Assert.DoesNotContain("\"last\"", (await gitlab.DataAsync("{ auditEventsInstanceStreamingDestinations { nodes { name } } }")).ToJsonString(), StringComparison.Ordinal);

        await gitlab.HappenAsync("beta");
        var (other, _) = await MakeAsync("next");
        await gitlab.HappenAsync("acme");

        Assert.Equal("acme", (string?)Assert.Single(await CameAsync("next", 1)).Event["entity_path"]);
        Assert.Single(await CameAsync("last", 1));
        await EndAsync(other);
    }

    [Fact]
    public async Task GL_21_GL_45_Each_destination_has_its_own_token_and_gets_each_event_whatever_becomes_of_others()
    {
        _receiver.Answer = request => new Reply(request.Path == "/dead" ? 503 : 200);
        var (dead, deadToken) = await MakeAsync("dead");
        var (alive, aliveToken) = await MakeAsync("alive");

        await gitlab.HappenAsync("acme", "beta", "acme");

        Assert.Equal(["acme", "beta", "acme"], (await CameAsync("alive", 3)).Select(one => (string?)one.Event["entity_path"]));
        Assert.All(await CameAsync("dead", 1), one => Assert.Equal(("acme", deadToken), ((string?)one.Event["entity_path"], one.Header("X-Gitlab-Event-Streaming-Token"))));
        Assert.NotEqual(deadToken, aliveToken);
        await EndAsync(dead);
        await EndAsync(alive);
    }

    private async Task<(string Id, string Token)> MakeAsync(string name)
    {
        var made = (await gitlab.MutateAsync($"{Legacy}Create", new { name, destinationUrl = new Uri(_receiver.Address, name).AbsoluteUri }, $"{Legacy} {{ id verificationToken }}"))[Legacy]!;
        return ((string)made["id"]!, (string)made["verificationToken"]!);
    }

    private async Task EndAsync(string id) => Assert.Equal("", await gitlab.RefusalAsync($"{Legacy}Destroy", new { id }));

    private async Task<IReadOnlyList<Arrived>> CameAsync(string path, int atLeast)
    {
        await StreamHarness.UntilNowAsync(() => Now().Count >= atLeast);
        return Now();

        List<Arrived> Now() => [.. _receiver.Requests.Where(request => request.Path == $"/{path}").Select(request => new Arrived(request, JsonNode.Parse(request.Body)!.AsObject()))];
    }

    private sealed record Arrived(ReceivedRequest Request, JsonObject Event)
    {
        public string? Header(string name) => Request.Headers.GetValueOrDefault(name);
    }
}
