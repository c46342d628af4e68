using System.Diagnostics;
using Npgsql;
using Sluice.EndToEnd.Durability;
using Sluice.EndToEnd.Running;
using Sluice.Testing;

namespace Sluice.EndToEnd.Cluster;

/// <summary>What databases do to their users: senders are told within a second, and all recovers without a hand.</summary>
[Trait(TestRun.Name, TestRun.Kills)]
public sealed class DatabaseTroubleTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan SaidWithin = TimeSpan.FromSeconds(1.5), RecoversWithin = TimeSpan.FromSeconds(15);

    private PostgresServer _postgres = null!;
    private SluiceCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync(isDurable: true, "max_connections=60");
        _cluster = await SluiceCluster.StartAsync(await _postgres.NewDatabaseAsync(), 2);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    [Fact]
    public async Task A_restart_of_the_database_loses_nothing_and_needs_no_hand() => await SurvivesAsync(async () =>
    {
        await _postgres.StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(1));
        await _postgres.StartAgainAsync();
    });

    [Fact]
    public async Task A_killed_database_loses_nothing_and_needs_no_hand() => await SurvivesAsync(async () =>
    {
        _postgres.Kill();
        await _postgres.StartAgainAsync();
    });

    [Fact]
    public async Task A_database_that_hangs_is_said_to_be_unavailable_within_a_second() => await SurvivesAsync(async () =>
    {
        await _postgres.SignalAllAsync("STOP");
        await Task.Delay(TimeSpan.FromSeconds(3));
        await _postgres.SignalAllAsync("CONT");
    });

    [Fact]
    public async Task A_database_without_connections_to_spare_is_waited_out() => await SurvivesAsync(async () =>
    {
        await using var greedy = NpgsqlDataSource.Create(_postgres.ConnectionString() + ";Maximum Pool Size=100;Timeout=2");
        var taken = new List<NpgsqlConnection>();
        try
        {
            while (true) taken.Add(await greedy.OpenConnectionAsync());
        }
        catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            // That is all of them.
        }

        await using (var end = new NpgsqlCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'sluice%'", taken[0])) await end.ExecuteNonQueryAsync();
        await Task.Delay(TimeSpan.FromSeconds(2));
        foreach (var connection in taken) await connection.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
    });

    private async Task SurvivesAsync(Func<Task> trouble)
    {
        var random = new Random(7);
        await using var streams = await ManyStreams.OfWebhooksAsync(_cluster[0].Client, 1, random);
        await using var load = new Load(random);
        await using var prober = new Prober(_cluster[1].Client, "probe");
        load.Start(_cluster.Clients);
        await Eventually.TrueAsync(RecoversWithin, () => prober.Stored > 5, () => "nothing is accepted before the trouble");

        streams.InTrouble(true);
        await trouble();

        var (clock, stored) = (Stopwatch.StartNew(), prober.Stored);
        await Eventually.TrueAsync(RecoversWithin, () => prober.Stored > stored, () => "nothing is accepted after the trouble");
        output.WriteLine($"Accepted again after {clock.Elapsed.TotalSeconds:F1} s; {prober.Refusals.Count} refusals, the slowest after {prober.SlowestRefusal.TotalSeconds:F2} s.");
        await Eventually.TrueAsync(RecoversWithin, () => prober.Stored > stored + 10, () => "little is accepted after the trouble");
        await load.StopAsync();
        load.MustRun();
        Assert.All(prober.Refusals, refusal => Assert.Equal((503, true), ((int)refusal.Status, refusal.RetryAfter is not null)));
        Assert.True(prober.SlowestRefusal < SaidWithin, $"A refusal took {prober.SlowestRefusal.TotalSeconds:F2} s.");
        foreach (var node in _cluster.Running)
        {
            var copy = new LedgerCopy();
            await Eventually.TrueAsync(RecoversWithin, async () => (await node.Client.GetAsync("/readyz")).IsSuccess, () => "a node does not become ready again");
            await copy.FollowAsync(node.Client);
            copy.MustHold(load.Acknowledged.All);
            streams.InTrouble(false);
            await streams.UntilDeliveredAsync(node.Client, copy.Size, RecoversWithin);
        }
    }
}
