using System.Text.Json.Nodes;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Durability;

/// <summary>
/// kill -9 at random moments, under several writers and a stream to a receiver that has its moods. After every restart: nothing acknowledged
/// is missing, no sequence is skipped, no cursor is ahead of what was confirmed.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Rounds = 24;

    private static readonly TimeSpan CatchesUpWithin = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Killed_at_any_moment_it_loses_nothing_that_it_acknowledged()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        using var folder = new DataFolder();
        await using var receiver = await Receiver.StartAsync(random.Next());
        await using var load = new Load(random);
        var (copy, destination, port) = (new LedgerCopy(), (string?)null, FreePort.Take());

        for (var round = 1; round <= Rounds; round++)
        {
            if (random.Next(5) == 0) await KillWhileStartingAsync(folder, port, receiver, random);
            await using var server = await SluiceProcess.StartAsync(folder.Path, port);
            destination ??= await CreateDestinationAsync(server.Client, receiver);
            receiver.Badness = 10;
            load.Start(server.Client);
            await CheckAsync(server.Client, copy, load, receiver, destination);
            await Task.Delay(random.Next(100, 1100));
            await KillAsync(server, receiver);
        }

        await using var last = await SluiceProcess.StartAsync(folder.Path, port);
        await load.StopAsync();
        receiver.Badness = 0;
        await CheckAsync(last.Client, copy, load, receiver, destination!);
        await copy.CompareAsync(last.Client);
        await UntilDeliveredAsync(last.Client, copy.Size, receiver, destination!);
        Assert.Equal(0, await last.StopAsync());
        output.WriteLine($"{copy.Size} events, {load.Acknowledged.Count} acknowledged, {load.Duplicates} sent again and found stored; {receiver.Record.Requests} deliveries, {receiver.Record.Repetitions} events repeated.");
        await VerifyCommandRun.IsCleanAsync(folder.Path);
    }

    private static async Task KillWhileStartingAsync(DataFolder folder, int port, Receiver receiver, Random random)
    {
        await using var starting = SluiceProcess.Begin(folder.Path, port);
        await Task.Delay(random.Next(900));
        await KillAsync(starting, receiver);
    }

    private static async Task KillAsync(SluiceProcess server, Receiver receiver)
    {
        server.Kill();
        await receiver.UntilQuietAsync();
        receiver.Record.SenderDied();
    }

    private static async Task<string> CreateDestinationAsync(SluiceClient client, Receiver receiver)
    {
        var created = await client.PostAsync("/v1/audit/siem", $$"""{"name":"moody","provider":"webhook","endpoint":"{{receiver.Address}}/hook","secret":"{{Receiver.Secret}}"}""");
        return (string)created.Expect(201).Json["id"]!;
    }

    private static async Task CheckAsync(SluiceClient client, LedgerCopy copy, Load load, Receiver receiver, string destination)
    {
        var acknowledged = load.Acknowledged.TakeNew();
        var cursor = await CursorAsync(client, destination);
        Assert.True(cursor <= receiver.Record.ConfirmedTo, $"The cursor stands at {cursor}, but the receiver confirmed up to {receiver.Record.ConfirmedTo} only.");
        await copy.CheckEndAsync(client);
        await copy.FollowAsync(client);
        copy.MustHold(acknowledged);
        load.MustRun();
        Assert.Empty(receiver.Record.Faults);
    }

    private static async Task<long> CursorAsync(SluiceClient client, string destination) =>
        (long?)(await client.GetAsync($"/v1/audit/siem/{destination}")).Expect(200).Json["cursor"] ?? -1;

    private static async Task UntilDeliveredAsync(SluiceClient client, long events, Receiver receiver, string destination)
    {
        using var limit = new CancellationTokenSource(CatchesUpWithin);
        while (receiver.Record.ConfirmedTo < events - 1 || await CursorAsync(client, destination) < events - 1)
        {
            Assert.False(limit.IsCancellationRequested, $"After {CatchesUpWithin.TotalSeconds} s the receiver has confirmed {receiver.Record.ConfirmedTo} of {events}: {await StateAsync(client, destination)}");
            await Task.Delay(50);
        }

        Assert.Empty(receiver.Record.Faults);
        var state = await StateAsync(client, destination);
        Assert.Equal(("active", 0, 0), ((string)state["status"]!, (int)state["dead_letters"]!, (int)state["gaps"]!));
    }

    private static async Task<JsonNode> StateAsync(SluiceClient client, string destination) =>
        (await client.GetAsync($"/v1/audit/siem/{destination}")).Expect(200).Json;
}
