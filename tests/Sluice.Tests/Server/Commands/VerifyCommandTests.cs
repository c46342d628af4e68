using System.IO.Compression;
using System.Text.Json.Nodes;
using Sluice.Ledger;
using Sluice.Server.Commands;
using Sluice.Tests.Verification;
using Sluice.Verification;

namespace Sluice.Tests.Server.Commands;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_is_clean_or_wrong()
    {
        using var folder = await LedgerFolder.WithAsync(20);

        Assert.Equal(0, await RunAsync("--data", folder.Path));
        folder.Change("DELETE FROM events WHERE sequence=7");
        Assert.Equal(1, await RunAsync("--data", folder.Path));
    }

    [Fact]
    public async Task What_cannot_be_checked_is_neither()
    {
        var (export, key) = await ExportAsync();
        File.WriteAllText(_folder.File("cut"), export[..^100]);
        File.WriteAllText(_folder.File("whole"), export);
        File.WriteAllBytes(_folder.File("no.gz"), [0x1f, 0x8b, 1, 2, 3]);

        Assert.Equal(2, await RunAsync("--data", _folder.File("nothing")));
        Assert.Equal(2, await RunAsync("--data", _folder.Path, "--vkey", key));
        Assert.Equal(2, await RunAsync(_folder.File("whole")));
        Assert.Equal(2, await RunAsync(_folder.File("whole"), "--vkey", "no key"));
        Assert.Equal(2, await RunAsync(_folder.File("whole"), "--vkey", key, "--data", _folder.Path));
        Assert.Equal(2, await RunAsync(_folder.File("whole"), "--vkey", key, "--checkpoint", _folder.File("nothing")));
        Assert.Equal(2, await RunAsync(_folder.File("nothing"), "--vkey", key));
        Assert.Equal(2, await RunAsync(_folder.File("cut"), "--vkey", key));
        Assert.Equal(2, await RunAsync(_folder.File("no.gz"), "--vkey", key));
    }

    [Fact]
    public async Task An_export_is_checked_without_its_server_compressed_or_not()
    {
        var (export, key) = await ExportAsync();
        File.WriteAllText(_folder.File("clean"), export);
        File.WriteAllText(_folder.File("wrong"), export.Replace("a.b", "a.c", StringComparison.Ordinal));
        await using (var gzip = new GZipStream(File.Create(_folder.File("clean.gz")), CompressionLevel.Fastest)) gzip.Write(System.Text.Encoding.UTF8.GetBytes(export));

        Assert.Equal(0, await RunAsync(_folder.File("clean"), "--vkey", key));
        Assert.Equal(0, await RunAsync(_folder.File("clean.gz"), "--vkey", key));
        Assert.Equal(1, await RunAsync(_folder.File("wrong"), "--vkey", key));
    }

    [Fact]
    public async Task Any_flipped_bit_of_an_export_is_found_unless_it_says_the_same_or_is_in_persisted_at()
    {
        var (text, vkey) = await ExportAsync();
        Assert.True(VerifierKey.TryParse(vkey, out var key));
        var export = System.Text.Encoding.UTF8.GetBytes(text);
        var random = new Random(20260315);
        for (var at = 0; at < export.Length; at++)
        {
            var flipped = (byte[])export.Clone();
            flipped[at] ^= (byte)(1 << random.Next(8));
            if (ExportVerifier.Verify(new MemoryStream(flipped), key, null, null) is ExportResult.Clean)
                Assert.True(SaysTheSame(export, flipped), $"Byte {at}: {System.Text.Encoding.UTF8.GetString(flipped)}");
        }
    }

    [Fact]
    public void A_verdict_names_the_first_wrong_event()
    {
        Assert.Equal("main: wrong at event 7: It is missing.", VerdictText.Of(new LedgerVerdict("main", 7, 0, null, new LedgerFault(7, 7, "It is missing."))));
        Assert.Equal("main: wrong from event 7 to 9: Other.", VerdictText.Of(new LedgerVerdict("main", 7, 0, null, new LedgerFault(7, 9, "Other."))));
        Assert.Equal("main: wrong: No key.", VerdictText.Of(new LedgerVerdict("main", 7, 0, null, new LedgerFault(null, null, "No key."))));
        Assert.Equal("wrong at event 7, line 8: Other.", VerdictText.Of(new ExportResult.Wrong(7, 8, "Other.")));
    }

    [Fact]
    public void Progress_is_one_line_that_goes_away_or_a_line_now_and_then()
    {
        var (time, terminal, file) = (new ManualTime(), new StringWriter(), new StringWriter());
        var lines = new[] { new ProgressLine(terminal, isTerminal: true, time), new ProgressLine(file, isTerminal: false, time) };
        for (var second = 1; second <= 12; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            foreach (var line in lines) line.Report(second * 1000, second / 12.0);
        }

        foreach (var line in lines) line.Close();

        Assert.Equal("83%, 10,000 events, 1,000 events/s" + Environment.NewLine, file.ToString());
        Assert.EndsWith("100%, 12,000 events, 1,000 events/s\r\u001b[K", terminal.ToString());
    }

    private static Task<int> RunAsync(params string[] arguments) => CommandRunner.RunAsync(["verify", .. arguments], [VerifyCommand.Create()]);

    private static bool SaysTheSame(byte[] export, byte[] flipped) =>
        Lines(export).Zip(Lines(flipped)).All(pair => JsonNode.DeepEquals(pair.First, pair.Second));

    /// <summary>The lines without what no hash covers.</summary>
    private static IEnumerable<JsonNode> Lines(byte[] export)
    {
        foreach (var line in System.Text.Encoding.UTF8.GetString(export).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var shown = JsonNode.Parse(line)!.AsObject();
            shown.Remove("persisted_at");
            yield return shown;
        }
    }

    private static async Task<(string Export, string Key)> ExportAsync()
    {
        await using var server = await RunningServer.StartAsync();
        var events = Enumerable.Range(0, 5).Select(i => new { id = $"e{i}", tenant_id = "t", action = "a.b", outcome = "success", actor = new { type = "user", id = "u", name = "Zoë" }, source_ip = "203.0.113.9" });
        await server.CallAsync("POST", "/v1/audit/events", body: events);
        var export = await server.CallAsync("GET", "/v1/audit/export?proofs=true");
        Assert.True(export.Status == 200, export.Text);
        return (export.Text, (await server.CallAsync("GET", "/v1/audit/log"))["vkey"]!);
    }
}
