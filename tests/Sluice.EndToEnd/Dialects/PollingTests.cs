using Sluice.EndToEnd.Cluster;
using Sluice.EndToEnd.Durability;
using Sluice.EndToEnd.Running;
using Sluice.Testing;

namespace Sluice.EndToEnd.Dialects;

/// <summary>
/// 32 writers with random pauses, collectors that poll flat out in each dialect, and kills and restarts in between: what the collectors have in the end is
/// what was committed, each event once.
/// </summary>
public sealed class PollingTests(ITestOutputHelper output)
{
    private const int Writers = 32, Nodes = 3;

    private static readonly int Rounds = LongRun.IsAsked ? 40 : 2;

    [Fact]
    public async Task Collectors_miss_nothing_of_a_server_that_is_killed_again_and_again()
    {
        var random = Seeded();
        using var folder = new DataFolder();
        var port = FreePort.Take();
        await using var load = new Load(random, Load.Styles(Writers));
        using var client = new SluiceClient(new Uri($"http://127.0.0.1:{port}"), SluiceProcess.AdminKey);
        await using var collectors = new Collectors([client]);
        for (var round = 1; round <= Rounds; round++)
        {
            await using var server = await SluiceProcess.StartAsync(folder.Path, port);
            load.Start(server.Client);
            collectors.Start();
            await Task.Delay(random.Next(400, 1500));
            server.Kill();
        }

        await using var last = await SluiceProcess.StartAsync(folder.Path, port);
        await EndAsync(load, collectors, last.Client);
    }

    [Fact]
    public async Task Collectors_miss_nothing_of_nodes_that_are_killed_in_turn()
    {
        var random = Seeded();
        await using var postgres = await PostgresServer.StartAsync(isDurable: true);
        await using var cluster = await SluiceCluster.StartAsync(await postgres.NewDatabaseAsync(), Nodes);
        await using var load = new Load(random, Load.Styles(Writers));
        await using var collectors = new Collectors(cluster.Clients);
        load.Start(cluster.Clients);
        collectors.Start();
        for (var round = 1; round <= Rounds; round++)
        {
            await Task.Delay(random.Next(300, 1200));
            var victim = random.Next(Nodes);
            await cluster.KillAsync(victim);
            await Task.Delay(random.Next(300));
            await cluster.StartAsync(victim);
        }

        await EndAsync(load, collectors, cluster[random.Next(Nodes)].Client);
    }

    private async Task EndAsync(Load load, Collectors collectors, SluiceClient client)
    {
        load.MustRun();
        await load.StopAsync();
        await collectors.StopAsync();
        var committed = new List<string>();
        await foreach (var line in client.ExportAsync(-1)) committed.Add((string)line["id"]!);
        output.WriteLine($"{committed.Count} events, {load.Acknowledged.Count} acknowledged; {collectors}.");

        Assert.Empty(load.Acknowledged.All.Except(committed));
        collectors.MustHave(committed);
    }

    private Random Seeded()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}");
        return new Random(seed);
    }
}
