using System.Diagnostics;
using System.Net;
using Sluice.EndToEnd.Running;
using Sluice.Testing;

namespace Sluice.EndToEnd.Durability;

/// <summary>A full disk is told to whoever writes, harms nothing that is stored, and is over as soon as there is space.</summary>
[Collection(AloneCollection.Name)]
public sealed class DiskFullTests(ITestOutputHelper output)
{
    private const int Small = 24, Large = 96;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_full_disk_is_said_and_left_without_a_restart()
    {
        using var disk = SmallDisk.TryMount(Small, out var problem);
        Assert.SkipWhen(disk is null, $"A small disk cannot be mounted here: {problem}");
        var copy = new LedgerCopy();
        await using (var load = new Load(new Random(11)))
        await using (var server = await SluiceProcess.StartAsync(disk!.Path))
        {
            load.Start(server.Client);
            await UntilAsync(load, () => load.Refusals.Any(IsFull), "no refusal for a full disk");
            await StaysWellAsync(server, load, copy);

            var full = copy.Size;
            disk.Resize(Large);
            await UntilAsync(load, () => load.Acknowledged.Count > full + 10_000, "no event is accepted though there is space");
            await load.StopAsync();
            await CheckAsync(server.Client, load, copy);
            Assert.Equal(0, await server.StopAsync());
            output.WriteLine($"Full at {full} events, {copy.Size} in the end.");
        }

        await VerifyCommandRun.IsCleanAsync(disk!.Path);
        await using var again = await SluiceProcess.StartAsync(disk.Path);
        await copy.CompareAsync(again.Client);
    }

    [Fact]
    public async Task A_server_killed_on_a_full_disk_starts_on_it_and_loses_nothing()
    {
        using var disk = SmallDisk.TryMount(Small, out var problem);
        Assert.SkipWhen(disk is null, $"A small disk cannot be mounted here: {problem}");
        var (copy, port) = (new LedgerCopy(), FreePort.Take());
        await using var load = new Load(new Random(12));
        await using (var server = await SluiceProcess.StartAsync(disk!.Path, port))
        {
            load.Start(server.Client);
            await UntilAsync(load, () => load.Refusals.Any(IsFull), "no refusal for a full disk");
            server.Kill();
        }

        disk.Resize(Large);
        await using var again = await SluiceProcess.StartAsync(disk.Path, port);
        await load.StopAsync();
        await CheckAsync(again.Client, load, copy);
        Assert.Equal(0, await again.StopAsync());
        await VerifyCommandRun.IsCleanAsync(disk.Path);
    }

    private static bool IsFull(Answer answer) =>
        answer.Status is HttpStatusCode.InsufficientStorage && answer.Code == "disk_full" && answer.RetryAfter is not null;

    /// <summary>On the full disk: reads work, the process lives, what was acknowledged is there.</summary>
    private static async Task StaysWellAsync(SluiceProcess server, Load load, LedgerCopy copy)
    {
        for (var i = 0; i < 20; i++)
        {
            await CheckAsync(server.Client, load, copy);
            (await server.Client.GetAsync("/v1/audit/events?page_size=10")).Expect(200);
            (await server.Client.GetAsync("/checkpoint")).Expect(200);
            await Task.Delay(50);
        }

        Assert.All(load.Refusals, refusal => Assert.True(IsFull(refusal), $"{(int)refusal.Status}, Retry-After {refusal.RetryAfter}: {refusal.Text}"));
    }

    private static async Task CheckAsync(SluiceClient client, Load load, LedgerCopy copy)
    {
        var acknowledged = load.Acknowledged.TakeNew();
        await copy.FollowAsync(client);
        copy.MustHold(acknowledged);
        load.MustRun();
    }

    private static async Task UntilAsync(Load load, Func<bool> condition, string otherwise)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            load.MustRun();
            Assert.True(clock.Elapsed < Patience, $"After {Patience.TotalSeconds} s: {otherwise}. Refusals: {string.Join("; ", load.Refusals)}");
            await Task.Delay(20);
        }
    }
}
