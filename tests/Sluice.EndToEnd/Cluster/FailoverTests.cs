using System.Net;
using Sluice.EndToEnd.Durability;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Cluster;

/// <summary>
/// kill -9 of the primary under load, again and again, with a synchronous standby that takes its place. Senders are told within a second, nothing
/// acknowledged is lost, and everything goes on without a hand.
/// </summary>
[Trait(TestRun.Name, TestRun.Kills)]
public sealed class FailoverTests(ITestOutputHelper output)
{
    private static readonly int Rounds = LongRun.IsAsked ? 12 : 2;

    /// <summary>The promise is a second; the rest is for a machine that is busy with tests.</summary>
    private static readonly TimeSpan SaidWithin = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan RecoversWithin = TimeSpan.FromSeconds(20), CatchesUpWithin = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_primary_that_dies_under_load_costs_no_acknowledged_event()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        await using var postgres = await Pair.StartAsync();
        await using var cluster = await SluiceCluster.StartAsync(_ => postgres.Hosts, 2);
        await using var streams = await ManyStreams.OfWebhooksAsync(cluster[0].Client, 2, random);
        await using var load = new Load(random);
        await using var prober = new Prober(cluster[0].Client, "probe");
        var copy = new LedgerCopy();
        load.Start(cluster.Clients);

        for (var round = 1; round <= Rounds; round++)
        {
            await Task.Delay(random.Next(500, 1500));
            streams.InTrouble(true);
            await postgres.FailOverAsync();
            var stored = prober.Stored;
            var took = await Eventually.TrueAsync(RecoversWithin, () => prober.Stored > stored, () => "no event is accepted after the failover");
            output.WriteLine($"Round {round}: accepted again {took.TotalSeconds:F1} s after the promotion.");
            foreach (var node in cluster.Running) await CheckAsync(node.Client, copy, load, streams);
            await postgres.RepairAsync();
        }

        await load.StopAsync();
        streams.InTrouble(false);
        foreach (var node in cluster.Running) await CheckAsync(node.Client, copy, load, streams);
        await copy.CompareAsync(cluster[1].Client);
        await streams.UntilDeliveredAsync(cluster[0].Client, copy.Size, CatchesUpWithin);
        Assert.NotEmpty(prober.Refusals);
        Assert.All(prober.Refusals, refusal => Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (refusal.Status, refusal.RetryAfter is not null)));
        Assert.True(prober.SlowestRefusal < SaidWithin, $"A refusal took {prober.SlowestRefusal.TotalSeconds:F2} s.");
        output.WriteLine($"{copy.Size} events, {load.Acknowledged.Count} acknowledged; {prober.Refusals.Count} refusals, the slowest after {prober.SlowestRefusal.TotalSeconds:F2} s.");
    }

    private static async Task CheckAsync(SluiceClient client, LedgerCopy copy, Load load, ManyStreams streams)
    {
        var acknowledged = load.Acknowledged.TakeNew();
        await Eventually.TrueAsync(RecoversWithin, async () => (await client.GetAsync("/readyz")).IsSuccess, () => "a node does not become ready again");
        await copy.CheckEndAsync(client);
        await copy.FollowAsync(client);
        copy.MustHold(acknowledged);
        load.MustRun();
        streams.MustBeRight();
    }
}
