using System.Diagnostics;
using System.Text;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Dialects;

/// <summary>Somebody searches all of the log again and again for what no index has, while events come in and a collector follows them.</summary>
public sealed class ForensicScanTests(ITestOutputHelper output)
{
    private const int Stored = 60_000, Sent = 40, Scanners = 4;

    /// <summary>From the sending of an event until a collector has it.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Wide_scans_do_not_hold_up_what_comes_in()
    {
        using var folder = new DataFolder();
        await using var server = await SluiceProcess.StartAsync(folder.Path);
        for (var batch = 0; batch < Stored / 5_000; batch++) (await server.Client.PostLinesAsync(Lines(batch))).Expect(200);
        using var stopping = new CancellationTokenSource();
        var scans = Enumerable.Range(0, Scanners).Select(at => ScanAsync(server.Client, at % 2 == 0, stopping.Token)).ToArray();
        var token = await LastTokenAsync(server.Client);

        var slowest = TimeSpan.Zero;
        for (var i = 0; i < Sent; i++)
        {
            var clock = Stopwatch.StartNew();
            (await server.Client.PostEventAsync($$$"""{"id":"new-{{{i}}}","action":"user.login","outcome":"success","actor":{"type":"user","id":"u"}}""")).Expect(200);
            var page = (await server.Client.GetAsync($"/v1/zaita/audit-events?page_token={token}")).Expect(200).Json;
            Assert.Equal($"new-{i}", (string?)Assert.Single(page["events"]!.AsArray())!["event_id"]);
            token = (string)page["next_page_token"]!;
            slowest = clock.Elapsed > slowest ? clock.Elapsed : slowest;
        }

        await stopping.CancelAsync();
        output.WriteLine($"The slowest of {Sent} events took {slowest.TotalMilliseconds:0} ms beside {(await Task.WhenAll(scans)).Sum()} scans of {Stored} events.");
        Assert.True(slowest < Bound, $"An event took {slowest.TotalMilliseconds:0} ms from its sending to its collector.");
    }

    /// <returns>How often it came to the end of the log.</returns>
    private static async Task<int> ScanAsync(SluiceClient client, bool asZaita, CancellationToken stopping)
    {
        var scans = 0;
        for (string? token = ""; !stopping.IsCancellationRequested; scans++)
        {
            if (!asZaita) Assert.Empty((await client.PostAsync("/admin/v1/events/_search", """{"aggregateTypes":["oidc_session"]}""")).Expect(200).Json["events"]!.AsArray());
            else token = (string?)(await client.GetAsync($"/v1/zaita/audit-events?event_type=nothing.*&page_token={token}")).Expect(200).Json["next_page_token"];
        }

        return scans;
    }

    private static async Task<string> LastTokenAsync(SluiceClient client)
    {
        for (var last = ""; ;)
        {
            if ((string?)(await client.GetAsync($"/v1/zaita/audit-events?page_size=10000&page_token={last}")).Expect(200).Json["next_page_token"] is not { } next) return last;
            last = next;
        }
    }

    private static byte[] Lines(int batch)
    {
        var lines = new StringBuilder();
        for (var i = 0; i < 5_000; i++) lines.Append($$$"""{"action":"certificate.issue","outcome":"success","actor":{"type":"user","id":"u{{{i % 97}}}"},"resource":{"type":"certificate","id":"c{{{batch}}}-{{{i}}}"},"metadata":{"note":"what a search without an index reads through"}}""").Append('\n');
        return Encoding.UTF8.GetBytes(lines.ToString());
    }
}
