using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Durability;

/// <summary>
/// kill -9 at random moments, under several writers and streams of four kinds to receivers that have their moods. After every restart: nothing acknowledged
/// is missing, no sequence is skipped, no cursor is ahead of what was confirmed.
/// </summary>
[Trait(TestRun.Name, TestRun.Kills)]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int LongRound = 4;

    private static readonly int Rounds = LongRun.IsAsked ? 24 : 8;

    /// <summary>Milliseconds; enough for Splunk to be asked what it has indexed, which happens every ten seconds.</summary>
    private const int LongLife = 10_800;

    private const string ObjectsAreShort = "--Sluice:Delivery:FillFor=300ms";

    private static readonly TimeSpan CatchesUpWithin = TimeSpan.FromSeconds(120);

    /// <summary>No more than Splunk's acknowledgements let through when all is sent again in the end.</summary>
    private static readonly WriterStyle[] Writers = [WriterStyle.Single, WriterStyle.Single, WriterStyle.Single, WriterStyle.Gzip];

    [Fact]
    public async Task Killed_at_any_moment_it_loses_nothing_that_it_acknowledged()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        using var folder = new DataFolder();
        await using var load = new Load(random, Writers);
        var (copy, port) = (new LedgerCopy(), FreePort.Take());
        await using var streams = await CreateStreamsAsync(folder, port, random);
        streams.BecomeMoody();

        for (var round = 1; round <= Rounds; round++)
        {
            if (random.Next(5) == 0) await KillWhileStartingAsync(folder, port, streams, random);
            await using var server = await StartAsync(folder, port);
            load.Start(server.Client);
            await CheckAsync(server.Client, copy, load, streams);
            await Task.Delay(round == LongRound ? LongLife : random.Next(100, 1100));
            await KillAsync(server, streams);
        }

        streams.CalmDown();
        await using var last = await StartAsync(folder, port);
        await load.StopAsync();
        await CheckAsync(last.Client, copy, load, streams);
        await copy.CompareAsync(last.Client);
        await streams.UntilDeliveredAsync(last.Client, copy.Size, CatchesUpWithin);
        Assert.Equal(0, await last.StopAsync());
        output.WriteLine($"{copy.Size} events, {load.Acknowledged.Count} acknowledged, {load.Duplicates} sent again and found stored; {streams}.");
        await VerifyCommandRun.IsCleanAsync(folder.Path);
    }

    private static Task<SluiceProcess> StartAsync(DataFolder folder, int port) => SluiceProcess.StartAsync(folder.Path, port, ObjectsAreShort);

    private static async Task<ManyStreams> CreateStreamsAsync(DataFolder folder, int port, Random random)
    {
        await using var server = await StartAsync(folder, port);
        return await ManyStreams.OfFourKindsAsync(server.Client, random);
    }

    private static async Task KillWhileStartingAsync(DataFolder folder, int port, ManyStreams streams, Random random)
    {
        await using var starting = SluiceProcess.Begin(folder.Path, port, ObjectsAreShort);
        await Task.Delay(random.Next(900));
        await KillAsync(starting, streams);
    }

    private static Task KillAsync(SluiceProcess server, ManyStreams streams)
    {
        server.Kill();
        return streams.LastSenderDiedAsync();
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
