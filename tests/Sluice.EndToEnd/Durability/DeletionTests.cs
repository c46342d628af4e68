using System.Text.Json.Nodes;
using Sluice.EndToEnd.Cluster;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Durability;

/// <summary>Deleting a destination: what was accepted before is sent, for half a minute and over a kill -9 too; what was not is told; nothing else goes on.</summary>
public sealed class DeletionTests
{
    private const int Accepted = 50;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10), Bound = TimeSpan.FromSeconds(30), Grace = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Everything_accepted_before_arrives_though_the_server_is_killed_and_a_dead_one_is_gone_after_half_a_minute()
    {
        using var folder = new DataFolder();
        await using var receiver = await HoldingReceiver.StartAsync();
        var port = FreePort.Take();
        var (held, dead, began) = ("", "", 0L);
        receiver.Hold();
        await using (var server = await SluiceProcess.StartAsync(folder.Path, port))
        {
            (held, dead) = (await CreateAsync(server.Client, receiver.Address), await CreateAsync(server.Client, $"http://127.0.0.1:{FreePort.Take()}"));
            for (var i = 0; i < Accepted; i++) await SendAsync(server.Client, i);
            began = TimeProvider.System.GetTimestamp();
            foreach (var id in new[] { held, dead }) Assert.Equal("deleting", (string)(await server.Client.DeleteAsync(Path(id))).Expect(202).Json["status"]!);
            await SendAsync(server.Client, Accepted);
            server.Kill();
        }

        receiver.Answer();
        await using var again = await SluiceProcess.StartAsync(folder.Path, port);
        Assert.Equal(0, (int)(await GoneAsync(again.Client, held, Soon))["count"]!);
        Assert.Equal(Enumerable.Range(0, Accepted).Select(sequence => (long)sequence), receiver.Arrived.Distinct().Order());

        var unsent = await GoneAsync(again.Client, dead, Bound + Grace);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), Bound - TimeSpan.FromSeconds(1), Bound + Grace);
        Assert.Equal((0, Accepted - 1, Accepted), ((int)unsent["first"]!, (int)unsent["last"]!, (int)unsent["count"]!));
        await MustRestAsync(again, receiver);
    }

    /// <summary>Without destinations no stream is run or counted, and nothing is sent, until there is one again.</summary>
    private static async Task MustRestAsync(SluiceProcess server, HoldingReceiver receiver)
    {
        var arrived = receiver.Arrived.Count;
        await SendAsync(server.Client, Accepted + 1);
        Assert.Empty((await server.Client.GetAsync("/v1/audit/siem")).Expect(200).Json["destinations"]!.AsArray());
        Assert.Empty((await server.Client.GetAsync("/v1/nodes")).Expect(200).Json["nodes"]![0]!["streams"]!.AsArray());
        var metrics = (await server.Client.GetAsync("/metrics")).Expect(200).Text.Split('\n');
        Assert.DoesNotContain(metrics, line => line.StartsWith("sluice_delivery_lag", StringComparison.Ordinal) || line.StartsWith("sluice_delivery_status{", StringComparison.Ordinal));
        Assert.DoesNotContain(metrics, line => line.StartsWith("sluice_node_streams", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal));
        Assert.Equal(arrived, receiver.Arrived.Count);

        await CreateAsync(server.Client, receiver.Address);
        await SendAsync(server.Client, Accepted + 2);
        await Eventually.TrueAsync(Soon, () => receiver.Arrived.Contains(Accepted + 2), () => "a new destination gets nothing");
        Assert.Equal(arrived + 1, receiver.Arrived.Count);
    }

    /// <returns>What the answer says was not sent.</returns>
    private static async Task<JsonNode> GoneAsync(SluiceClient client, string id, TimeSpan limit)
    {
        var answer = await client.GetAsync(Path(id));
        await Eventually.TrueAsync(limit, async () => (int)(answer = await client.GetAsync(Path(id))).Status != 200, () => $"{id} is still there: {answer.Text}");
        return answer.Expect(410).Json["unsent"]!;
    }

    private static string Path(string id) => $"/v1/audit/siem/{id}";

    private static async Task<string> CreateAsync(SluiceClient client, string address) =>
        (string)(await client.PostAsync("/v1/audit/siem", $$"""{"name":"d","provider":"webhook","endpoint":"{{address}}/"}""")).Expect(201).Json["id"]!;

    private static async Task SendAsync(SluiceClient client, int number) =>
        (await client.PostEventAsync($$$"""{"id":"e{{{number}}}","action":"user.login","outcome":"success","actor":{"type":"user","id":"ada"}}""")).Expect(200);
}
