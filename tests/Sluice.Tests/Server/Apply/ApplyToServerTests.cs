using System.Net.Sockets;
using System.Text.Json.Nodes;
using Sluice.Server.Apply;
using Sluice.Tenants;

namespace Sluice.Tests.Server.Apply;

/// <summary>Files against the real server.</summary>
public sealed class ApplyToServerTests
{
    private const string Soc = "  - {name: SOC, provider: webhook, endpoint: 'https://siem.example.invalid/in', secret: {env: the-secret}, enabled: false}\n";
    private const string Acme = "  - {name: SOC, provider: webhook, tenant_id: acme, endpoint: 'https://acme.example.invalid', enabled: false}\n";

    [Fact]
    public async Task A_plan_changes_nothing_and_an_apply_makes_the_next_plan_empty()
    {
        await using var server = await RunningServer.StartAsync();
        using var bench = ApplyBench.Before(server);

        Assert.True((await bench.PlanAsync(Soc + Acme)).HasChanges);
        Assert.Empty(await ListAsync(server));
        Assert.StartsWith("+ SOC (webhook): create\n    endpoint: \"https://siem.example.invalid/in\"\n    secret: set\n    enabled: false\n+ SOC [acme]", bench.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("the-secret", bench.Output + bench.Notes, StringComparison.Ordinal);

        Assert.True(await bench.ApplyAsync(Soc + Acme));
        Assert.Matches(@"^created SOC siem_\w+\ncreated SOC \[acme\] siem_\w+\nApplied: 2 changes\.\n$", bench.Output);
        Assert.False((await bench.PlanAsync(Soc + Acme)).HasChanges);
        Assert.Contains("2 unchanged", bench.Output, StringComparison.Ordinal);
        Assert.True(await bench.ApplyAsync(Soc + Acme));
        Assert.Equal("Nothing to change.\n", bench.Output);
    }

    [Fact]
    public async Task Drift_is_shown_and_undone()
    {
        await using var server = await RunningServer.StartAsync();
        using var bench = ApplyBench.Before(server);
        await bench.ApplyAsync(Soc);
        await server.CallAsync("PUT", $"/v1/audit/siem/{(await ListAsync(server))[0]["id"]}", body: """{"mask_personal":true,"next_secret":"by-hand"}""");

        await bench.PlanAsync(Soc);
        Assert.Contains("mask_personal: true → false   (drift: not in the file)\n    next_secret: set → not set   (drift: not in the file)\n", bench.Output, StringComparison.Ordinal);
        Assert.True(await bench.ApplyAsync(Soc));

        var now = Assert.Single(await ListAsync(server));
        Assert.Equal(("false", """["secret"]"""), (now["mask_personal"]!.ToJsonString(), now["credentials_set"]!.ToJsonString()));
    }

    [Fact]
    public async Task Destinations_that_only_the_server_has_are_deleted_when_asked()
    {
        await using var server = await RunningServer.StartAsync();
        using var bench = ApplyBench.Before(server);
        await bench.ApplyAsync(Soc + Acme);

        Assert.True(await bench.ApplyAsync(Soc));
        Assert.Equal(2, (await ListAsync(server)).Count);
        Assert.True(await bench.ApplyAsync(Soc, new ApplyChoices(Prune: true)));

        Assert.Matches(@"^deleted SOC \[acme\] siem_\w+\nApplied: 1 change\.\n$", bench.Output);
        Assert.False((await bench.PlanAsync(Soc, new ApplyChoices(Prune: true))).HasChanges);
    }

    [Fact]
    public async Task The_first_refusal_stops_it_and_the_rest_is_named()
    {
        await using var server = await RunningServer.StartAsync();
        await server.CallAsync("POST", "/v1/audit/events", body: Some.Event);
        using var bench = ApplyBench.Before(server);
        const string silent = "  - name: Silent\n    provider: webhook\n    endpoint: https://b.example.invalid\n    event_types: [never.happens]\n";

        Assert.False(await bench.ApplyAsync(Soc + silent + Acme));

        Assert.StartsWith("created SOC siem_", bench.Output, StringComparison.Ordinal);
        Assert.Contains("sluice: d.yaml:6:5: Silent: None of the newest 1 events", bench.Notes, StringComparison.Ordinal);
        Assert.Contains("Stopped after 1 of 3 changes. Not done:\n    create Silent\n    create SOC [acme]\n", bench.Notes, StringComparison.Ordinal);
        Assert.True(await bench.ApplyAsync(Soc + silent + "    force: true\n" + Acme));
        Assert.Equal(3, (await ListAsync(server)).Count);
    }

    [Fact]
    public async Task A_tenant_s_key_manages_its_tenant_s_destinations_by_their_names()
    {
        await using var server = await RunningServer.StartAsync();
        using var bench = ApplyBench.Before(server);
        await bench.ApplyAsync(Soc);
        bench.Key = server.Key(Role.Admin, "acme");

        Assert.True(await bench.ApplyAsync(Soc, new ApplyChoices(Prune: true)));
        Assert.False((await bench.PlanAsync(Soc, new ApplyChoices(Prune: true))).HasChanges);

        Assert.Equal(["", "acme"], (await ListAsync(server)).Select(its => (string?)its["tenant_id"] ?? "").Order());
    }

    [Fact]
    public async Task A_name_that_somebody_took_meanwhile_is_refused_at_its_line()
    {
        await using var server = await RunningServer.StartAsync();
        using var bench = ApplyBench.Before(server);
        bench.AfterPlan = () => server.CallAsync("POST", "/v1/audit/siem", body: """{"name":"SOC","provider":"http","endpoint":"https://siem.example.invalid/","enabled":false}""");

        Assert.False(await bench.ApplyAsync("  - {name: SOC, provider: http, endpoint: 'https://siem.example.invalid/in', enabled: false}\n"));

        Assert.StartsWith("sluice: d.yaml:2:6: SOC: Another destination has the name 'SOC'", bench.Notes, StringComparison.Ordinal);
        Assert.Single(await ListAsync(server));
    }

    [Fact]
    public async Task A_wrong_key_is_told_from_one_that_may_not()
    {
        await using var server = await RunningServer.StartAsync();
        using var bench = ApplyBench.Before(server);

        bench.Key = "wrong";
        Assert.Contains("does not know the key", (await Assert.ThrowsAsync<ApplyException>(() => bench.ApplyAsync(Soc))).Message, StringComparison.Ordinal);
        bench.Key = server.Key(Role.Writer);
        Assert.Contains("It needs the role operator or admin.", (await Assert.ThrowsAsync<ApplyException>(() => bench.ApplyAsync(Soc))).Message, StringComparison.Ordinal);
        Assert.Empty(await ListAsync(server));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_said()
    {
        var refused = new SocketException((int)SocketError.ConnectionRefused);
        foreach (var trouble in new Exception[] { new HttpRequestException("no", refused), refused })
        {
            using var bench = new ApplyBench(new Down(trouble));
            var error = await Assert.ThrowsAsync<ApplyException>(() => bench.PlanAsync(Soc));
            Assert.StartsWith("http://localhost cannot be reached: Connection refused. Is the server running there?", error.Message, StringComparison.Ordinal);
        }
    }

    private static async Task<List<JsonNode>> ListAsync(RunningServer server) =>
        [.. JsonNode.Parse((await server.CallAsync("GET", "/v1/audit/siem")).Text)!["destinations"]!.AsArray().Select(its => its!.DeepClone())];

    private sealed class Down(Exception trouble) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw trouble;
    }
}
