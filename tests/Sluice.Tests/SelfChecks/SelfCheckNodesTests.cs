using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Sluice.Nodes;
using Sluice.SelfChecks;
using Sluice.Storage;
using Sluice.Testing;
using Sluice.Tests.Server;
using Sluice.Verification;

namespace Sluice.Tests.SelfChecks;

/// <summary>Self-checks of nodes that share a PostgreSQL.</summary>
public sealed class SelfCheckNodesTests : IAsyncLifetime
{
    private RunningServer _first = null!, _second = null!;
    private string _store = "";

    public async ValueTask InitializeAsync()
    {
        _store = await SharedPostgres.NewDatabaseAsync();
        var settings = new Dictionary<string, string?> { ["Sluice:Store"] = _store, ["Sluice:Secrets:Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) };
        _first = await RunningServer.StartAsync(new(settings) { ["Sluice:Node:Name"] = "audit-1" });
        _second = await RunningServer.StartAsync(new(settings) { ["Sluice:Node:Name"] = "audit-2" });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in new[] { _first, _second })
        {
            await server.StopAsync();
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task One_node_finds_what_was_changed_in_the_database_and_the_other_tells_it_too()
    {
        Assert.Equal(200, (await _first.CallAsync("POST", "/v1/audit/events", body: new { action = "document.read", outcome = "success", actor = new { type = "user", id = "ada" } })).Status);
        await using (var connection = new NpgsqlConnection(_store))
        {
            await connection.OpenAsync();
            await using var change = new NpgsqlCommand("UPDATE sluice.events SET body = replace(body, 'ada', 'eve') WHERE sequence = 0 AND body LIKE '%document.read%'", connection);
            Assert.Equal(1, await change.ExecuteNonQueryAsync());
        }

        Assert.Equal(202, (await _second.CallAsync("POST", SelfCheckCalls.Path)).Status);
        var shown = await SelfCheckCalls.EndAsync(_first);

        Assert.Equal(("audit-2", 0), (shown.GetProperty("last").GetProperty("node").GetString(), shown.GetProperty("last").GetProperty("ledgers")[0].GetProperty("fault").GetProperty("first_sequence").GetInt32()));
        Assert.Contains("sluice_self_check_failed{ledger=\"main\"} 1", await SelfCheckCalls.MetricsAsync(_first), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_one_node_checks_the_other_joins_in_and_what_a_stop_interrupts_begins_anew()
    {
        var (started, held) = (new TaskCompletionSource(), new TaskCompletionSource());
        var checks = 0;
        var (one, other) = (Checker(_first, Held), Checker(_second, Held));
        using var stop = new CancellationTokenSource();

        var begun = await one.BeginAsync(default);
        var running = one.LookAsync(stop.Token);
        await started.Task;
        var joined = await other.BeginAsync(default);
        await other.LookAsync(default);

        Assert.Equal(("audit-1", "audit-1", 1), (begun.Running!.Node, joined.Running!.Node, checks));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal((null, null, null), Told(await other.ReadAsync()));

        held.SetResult();
        await other.BeginAsync(default);
        await other.LookAsync(default);
        Assert.Equal(("audit-2", null, null), Told(await one.ReadAsync()));

        async Task<FolderVerdict> Held(IProgress<VerificationProgress> progress, VerificationPace pace, CancellationToken cancellation)
        {
            Interlocked.Increment(ref checks);
            started.TrySetResult();
            await held.Task.WaitAsync(cancellation);
            return new FolderVerdict([], []);
        }
    }

    [Fact]
    public async Task What_cannot_be_read_now_is_said_and_tried_again_after_ten_minutes()
    {
        var checks = 0;
        var checker = Checker(_first, (_, _, _) => ++checks == 1 ? throw new StorageUnavailableException("The disk does not answer.") : Task.FromResult(new FolderVerdict([], [])));
        await checker.LookAsync(default);
        _first.Time.Advance(TimeSpan.FromHours(25));

        await checker.LookAsync(default);
        var after = Told(await checker.ReadAsync());
        _first.Time.Advance(TimeSpan.FromMinutes(9));
        await checker.LookAsync(default);
        var early = checks;
        _first.Time.Advance(TimeSpan.FromMinutes(2));
        await checker.LookAsync(default);

        Assert.Equal(((null, null, "The disk does not answer."), 1, 2), (after, early, checks));
        Assert.Equal(("audit-1", null, null), Told(await checker.ReadAsync()));
    }

    private static (string? Last, string? Running, string? Unfinished) Told(SelfCheckState state) => (state.Last?.Node, state.Running?.Node, state.Unfinished);

    private static SelfChecker Checker(RunningServer server, InstanceVerification verify) => new(
        new SelfCheckSettings(), server.Services.GetRequiredService<INode>(), new SelfCheckStore(server.Services.GetRequiredService<IConfigurationStore>(), server.Time), verify, server.Time, NullLogger<SelfChecker>.Instance);
}
