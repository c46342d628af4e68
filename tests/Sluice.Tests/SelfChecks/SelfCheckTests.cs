using Microsoft.Extensions.DependencyInjection;
using Sluice.SelfChecks;
using Sluice.Storage.Sqlite;
using Sluice.Tenants;
using Sluice.Tests.Fakes;
using Sluice.Tests.Server;
using Sluice.Tests.Server.SelfAudit;

namespace Sluice.Tests.SelfChecks;

/// <summary>What a running server finds of its own ledgers, and whom it tells.</summary>
public sealed class SelfCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private Dictionary<string, string?> Settings => new() { ["Sluice:Data"] = _folder.File("data"), ["Sluice:Node:Name"] = "audit-1" };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_ledger_that_is_as_it_was_signed_passes_and_that_outlives_a_restart()
    {
        await using (var server = await RunningServer.StartAsync(Settings))
        {
            await SendAsync(server, 3);
            Assert.Equal(200, (await server.CallAsync("GET", "/v1/audit/events/sent-2/proof")).Status);   // waits for its checkpoint

            var begun = await server.CallAsync("POST", SelfCheckCalls.Path);

            Assert.Equal(202, begun.Status);
            await SelfCheckCalls.EndAsync(server);
            var told = await OwnEvents.OneAsync(server, "action EQ \"sluice.self_check.started\"");
            Assert.Equal(("key_env", "audit-1"), (told.Text("actor.id"), told.Text("resource.id")));
            Assert.Equal("success", (await OwnEvents.OneAsync(server, "action EQ \"sluice.self_check.passed\"")).Text("outcome"));
        }

        await using var again = await RunningServer.StartAsync(Settings);
        var last = (await again.CallAsync("GET", SelfCheckCalls.Path)).Json.GetProperty("last");
        var main = last.GetProperty("ledgers")[0];
        Assert.Equal((true, "audit-1"), (last.GetProperty("passed").GetBoolean(), last.GetProperty("node").GetString()));
        Assert.Equal(("main", 3, 3, true), (main.GetProperty("ledger").GetString(), main.GetProperty("size").GetInt32(), main.GetProperty("signed_size").GetInt32(), main.GetProperty("checkpoints").GetInt32() > 0));
    }

    [Fact]
    public async Task A_byte_that_was_changed_behind_the_servers_back_is_found_named_and_told_until_it_is_mended()
    {
        await using var server = await RunningServer.StartAsync(Settings);
        await SendAsync(server, 3);
        Change("UPDATE events SET body = replace(body, 'ada', 'eve') WHERE sequence = 1");

        var found = await SelfCheckCalls.RunAsync(server);

        var fault = found.GetProperty("last").GetProperty("ledgers")[0].GetProperty("fault");
        Assert.False(found.GetProperty("last").GetProperty("passed").GetBoolean());
        Assert.Equal((1, 1), (fault.GetProperty("first_sequence").GetInt32(), fault.GetProperty("last_sequence").GetInt32()));
        Assert.Contains("the ledger's entry is", fault.GetProperty("problem").GetString(), StringComparison.Ordinal);
        var told = await OwnEvents.OneAsync(server, "action EQ \"sluice.self_check.failed\"");
        Assert.Equal(("failure", "main", "1"), (told.Text("outcome"), told.Text("resource.id"), told.GetProperty("metadata").GetProperty("first_sequence").GetRawText()));
        Assert.Contains("sluice_self_check_failed{ledger=\"main\"} 1", await SelfCheckCalls.MetricsAsync(server), StringComparison.Ordinal);

        Change("UPDATE events SET body = replace(body, 'eve', 'ada') WHERE sequence = 1");
        server.Time.Advance(TimeSpan.FromSeconds(1));
        await SelfCheckCalls.RunAsync(server);

        Assert.Contains("sluice_self_check_failed{ledger=\"main\"} 0", await SelfCheckCalls.MetricsAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_learns_whether_it_passed_and_nothing_of_others()
    {
        await using var server = await RunningServer.StartAsync(Settings);
        await SendAsync(server, 2);
        Change("UPDATE events SET body = replace(body, 'ada', 'eve') WHERE sequence = 0");
        await SelfCheckCalls.RunAsync(server);

        var shown = await server.CallAsync("GET", SelfCheckCalls.Path, server.Key(Role.Auditor, "acme"));

        Assert.Contains("\"passed\":false", shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("sha256", shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("audit-1", shown.Text, StringComparison.Ordinal);
        (await server.CallAsync("POST", SelfCheckCalls.Path, server.Key(Role.Admin, "acme"))).IsProblem(403, "forbidden");
        (await server.CallAsync("POST", SelfCheckCalls.Path, server.Key(Role.Auditor))).IsProblem(403, "forbidden");
        Assert.Equal(202, (await server.CallAsync("POST", SelfCheckCalls.Path, server.Key(Role.Operator))).Status);
        await SelfCheckCalls.EndAsync(server);
    }

    [Fact]
    public async Task One_is_made_a_day_after_the_start_and_a_day_after_the_last()
    {
        await using var server = await RunningServer.StartAsync(Settings);
        var checker = server.Services.GetRequiredService<SelfChecker>();
        await SendAsync(server, 1);

        foreach (var (wait, checks) in new[] { (23, 0), (2, 1), (23, 1), (2, 2) })
        {
            server.Time.Advance(TimeSpan.FromHours(wait));
            await checker.LookAsync(default);
            // The server's own look may have come first, and be at it.
            await Eventually.TrueAsync(async () => (await OwnEvents.OfAsync(server, "action EQ \"sluice.self_check.started\" AND actor.id EQ \"sluice\"")).Count == checks);
            await SelfCheckCalls.EndAsync(server);
        }
    }

    [Fact]
    public async Task None_is_made_by_itself_when_that_is_switched_off()
    {
        await using var server = await RunningServer.StartAsync(new(Settings) { ["Sluice:Integrity:SelfCheckInterval"] = "0s" });
        server.Time.Advance(TimeSpan.FromDays(100));

        await server.Services.GetRequiredService<SelfChecker>().LookAsync(default);

        Assert.Equal("{\"last\":null,\"running\":null,\"unfinished\":null,\"next_at\":null}", (await server.CallAsync("GET", SelfCheckCalls.Path)).Text);
    }

    private static async Task SendAsync(RunningServer server, int count)
    {
        for (var i = 0; i < count; i++)
            Assert.Equal(200, (await server.CallAsync("POST", "/v1/audit/events", body: new { id = $"sent-{i}", action = "document.read", outcome = "success", actor = new { type = "user", id = "ada" } })).Status);
    }

    private void Change(string sql)
    {
        using var segment = Database.Open(SegmentFile.PathOf(_folder.File("data/ledger/main"), 0));
        segment.Execute(sql);
    }
}
