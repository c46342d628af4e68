using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Durability;

public sealed class StopTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Told_to_stop_under_load_it_ends_well_and_keeps_everything()
    {
        using var folder = new DataFolder();
        await using var load = new Load(new Random(7));
        var (copy, port) = (new LedgerCopy(), FreePort.Take());
        await using (var server = await SluiceProcess.StartAsync(folder.Path, port))
        {
            load.Start(server.Client);
            await UntilAsync(() => load.Acknowledged.Count > 2_000);
            Assert.Equal(0, await server.StopAsync());
        }

        await using var again = await SluiceProcess.StartAsync(folder.Path, port);
        await load.StopAsync();
        await copy.FollowAsync(again.Client);
        copy.MustHold(load.Acknowledged.TakeNew());
        Assert.Equal(0, await again.StopAsync());
        await VerifyCommandRun.IsCleanAsync(folder.Path);
        output.WriteLine($"{copy.Size} events over a stop");
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused_and_says_which()
    {
        using var folder = new DataFolder();
        await using var first = await SluiceProcess.StartAsync(folder.Path);
        var (exitCode, second) = await Executable.RunAsync(TimeSpan.FromSeconds(20), "serve", "--data", folder.Path, "--urls", $"http://127.0.0.1:{FreePort.Take()}");
        Assert.Equal(2, exitCode);
        Assert.Contains(folder.Path, second.Error, StringComparison.Ordinal);
        Assert.Equal("", second.Standard);
        Assert.True(await first.Client.IsReadyAsync());
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition()) await Task.Delay(20, limit.Token);
    }
}
