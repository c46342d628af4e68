using Sluice.EndToEnd.Durability;
using Sluice.EndToEnd.Running;
using Sluice.Testing;

namespace Sluice.EndToEnd.Cluster;

/// <summary>
/// Three nodes on one PostgreSQL, each killed with -9 at random moments, under writers that go from node to node and streams of four kinds to
/// receivers with moods.
/// Nothing acknowledged is missing on any node, no sequence is skipped or given twice, no cursor is ahead of what was confirmed.
/// </summary>
[Trait(TestRun.Name, TestRun.Kills)]
public sealed class NodeKillTests(ITestOutputHelper output)
{
    private const int Nodes = 3;

    private static readonly int Rounds = LongRun.IsAsked ? 60 : 4;
    private static readonly TimeSpan CatchesUpWithin = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Nodes_killed_at_any_moment_lose_nothing_that_any_of_them_acknowledged()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        await using var postgres = await PostgresServer.StartAsync(isDurable: true);
        await using var cluster = await SluiceCluster.StartAsync(await postgres.NewDatabaseAsync(), Nodes, "--Sluice:Delivery:FillFor=300ms");
        await using var streams = await ManyStreams.OfFourKindsAsync(cluster[0].Client, random);
        await using var load = new Load(random);
        var copy = new LedgerCopy();
        streams.BecomeMoody();
        load.Start(cluster.Clients);

        for (var round = 1; round <= Rounds; round++)
        {
            await Task.Delay(random.Next(100, 900));
            var victim = random.Next(Nodes);
            await cluster.KillAsync(victim);
            await streams.SenderDiedAsync();
            await CheckAsync(cluster.Running.ElementAt(random.Next(Nodes - 1)).Client, copy, load, streams);
            await cluster.StartAsync(victim);
        }

        await load.StopAsync();
        streams.CalmDown();
        foreach (var node in cluster.Running) await CheckAsync(node.Client, copy, load, streams);
        await copy.CompareAsync(cluster[random.Next(Nodes)].Client);
        await streams.UntilDeliveredAsync(cluster[0].Client, copy.Size, CatchesUpWithin);
        output.WriteLine($"{copy.Size} events, {load.Acknowledged.Count} acknowledged, {load.Duplicates} sent again and found stored; {streams}.");
    }

    private static async Task CheckAsync(SluiceClient client, LedgerCopy copy, Load load, ManyStreams streams)
    {
        var acknowledged = load.Acknowledged.TakeNew();
        await streams.CheckCursorsAsync(client);
        await copy.CheckEndAsync(client);
        await copy.FollowAsync(client);
        copy.MustHold(acknowledged);
        load.MustRun();
        streams.MustBeRight();
    }
}
