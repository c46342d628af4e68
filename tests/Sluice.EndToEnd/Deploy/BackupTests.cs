using Sluice.EndToEnd.Durability;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Deploy;

/// <summary><c>deploy/sluice-backup</c> beside a server that is being written to.</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task A_copy_taken_under_load_verifies_starts_and_holds_what_was_acknowledged_before_it()
    {
        using var data = new DataFolder();
        using var copies = new DataFolder();
        var target = Path.Combine(copies.Path, "it's a copy");
        await using var server = await SluiceProcess.StartAsync(data.Path);
        await using var load = new Load(new Random(1));
        load.Start(server.Client);
        var before = await FilledAsync(load, 2_000);
        await CopyWhileTheLogGrowsAsync(server, data.Path, target);
        before.AddRange(await FilledAsync(load, 1_000));
        await CopyWhileTheLogGrowsAsync(server, "--with-keys", data.Path, target);   // over the first one
        await FilledAsync(load, 200);
        load.MustRun();
        await load.StopAsync();
        server.Kill();

        Assert.Equal([target], Directory.GetDirectories(copies.Path));
        await VerifyCommandRun.IsCleanAsync(target);
        await using var restored = await SluiceProcess.StartAsync(target);
        var copy = new LedgerCopy();
        await copy.FollowAsync(restored.Client);
        copy.MustHold(before);
        (await restored.Client.PostEventAsync("""{"action":"document.read","outcome":"success","actor":{"type":"user","id":"u"}}""")).Expect(200);
    }

    [Fact]
    public async Task Full_segments_are_copied_once_and_the_master_key_stays_out()
    {
        using var data = new DataFolder();
        using var copies = new DataFolder();
        var target = Path.Combine(copies.Path, "copy");
        await using (var server = await SluiceProcess.StartAsync(data.Path)) await server.StopAsync();
        var ledger = Path.Combine(data.Path, "ledger", "main");
        foreach (var later in new[] { 1, 2 }) File.Copy(Path.Combine(ledger, "segment-000000.db"), Path.Combine(ledger, $"segment-00000{later}.db"));
        await Tool.PassesAsync(Tool.Deploy("sluice-backup"), data.Path, target);
        var first = await InodesAsync(target);

        await Tool.PassesAsync(Tool.Deploy("sluice-backup"), data.Path, target);
        var second = await InodesAsync(target);

        Assert.Equal(first[..2], second[..2]);
        Assert.NotEqual(first[2], second[2]);
        Assert.False(File.Exists(Path.Combine(target, "keys")));
    }

    [Fact]
    public async Task What_is_no_data_folder_is_left_alone()
    {
        using var other = new DataFolder();
        var (exitCode, output) = await Tool.RunAsync(Tool.Deploy("sluice-backup"), [other.Path, other.Path + ".copy"], []);

        Assert.Equal(2, exitCode);
        Assert.Contains("is no data folder of Sluice", output.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(other.Path + ".copy"));
    }

    /// <summary>Between two files the log becomes longer and is signed: only the right order gives a ledger that is not behind its checkpoints.</summary>
    private static async Task CopyWhileTheLogGrowsAsync(SluiceProcess server, params string[] arguments)
    {
        using var commands = new DataFolder();
        var sqlite = Path.Combine(commands.Path, "sqlite3");
        await File.WriteAllTextAsync(sqlite, """
            #!/usr/bin/env bash
            PATH=${PATH#*:}
            sqlite3 "$@" || exit
            size() { curl -s "$SLUICE_URL/checkpoint" | sed -n 2p; }
            before=$(size)
            until [[ $(size) -gt $before ]]; do :; done
            """);
        File.SetUnixFileMode(sqlite, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await Tool.PassesAsync(Tool.Deploy("sluice-backup"), arguments, new()
        {
            ["PATH"] = $"{commands.Path}:{Environment.GetEnvironmentVariable("PATH")}",
            ["SLUICE_URL"] = server.Address.GetLeftPart(UriPartial.Authority),
        });
    }

    private static async Task<List<string>> FilledAsync(Load load, int more)
    {
        var target = load.Acknowledged.Count + more;
        while (load.Acknowledged.Count < target)
        {
            load.MustRun();
            await Task.Delay(20);
        }

        return [.. load.Acknowledged.TakeNew()];
    }

    private static async Task<string[]> InodesAsync(string target) =>
        (await Tool.PassesAsync("stat", ["--format=%i", .. Enumerable.Range(0, 3).Select(number => Path.Combine(target, "ledger", "main", $"segment-00000{number}.db"))], [])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
