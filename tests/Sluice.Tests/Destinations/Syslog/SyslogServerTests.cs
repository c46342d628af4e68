using System.Text.Json.Nodes;
using Sluice.Destinations;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.Syslog;

/// <summary>What we send is what real receivers understand.</summary>
public sealed class SyslogServerTests
{
    private readonly Certificates _certificates = new();

    [Fact]
    public async Task Rsyslog_finds_every_part_of_every_message_where_it_belongs()
    {
        Assert.SkipUnless(Rsyslog.IsInstalled, "Install rsyslog and rsyslog-openssl.");
        using var server = await Rsyslog.StartAsync(_certificates);
        await CheckAsync(server);
    }

    [Fact]
    public async Task So_does_syslog_ng_as_our_page_sets_it_up()
    {
        Assert.SkipUnless(SyslogNg.IsInstalled, "There is no syslog-ng: './test --long' unpacks it.");
        using var server = await SyslogNg.StartAsync(_certificates);
        await CheckAsync(server);
    }

    private async Task CheckAsync(SyslogServer server)
    {
        await using var streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
        streams.Ledger.Append("""{"id":"evt_0","timestamp":"2026-03-15T08:42:17.003000001Z","tenant_id":"t1","category":"access","action":"user.login","outcome":"denied","actor":{"type":"user","id":"a\"b]c"},"metadata":{"text":"line\nbreak ü 😀"},"salt":"AAAAAAAAAAAAAAAAAAAAAA"}""");
        streams.Ledger.AppendMany(1, padding: 200_000);
        streams.Ledger.AppendMany(998);
        var settings = new JsonObject { ["provider"] = "syslog", ["endpoint"] = $"tls://127.0.0.1:{server.Port}", ["ca_certificate"] = _certificates.AuthorityPem, ["start_from"] = "beginning" };
        var id = (await streams.Control.CreateAsync(settings, StreamHarness.Admin, default)).Definition.Id;
        await streams.UntilCursorAsync(id, 999);

        await StreamHarness.UntilNowAsync(() => server.Received.Count == 1_000);

        var first = server.Received[0];
        Assert.StartsWith($$"""{{server.Facility}}.warning sluice user.login [sluice@32473 id="evt_0" tenant="t1" outcome="denied" actor="a\"b\]c"] """, first);
        Assert.Contains("""{"id":"evt_0",""", first);
        Assert.EndsWith("\"}", first);
        Assert.InRange(server.Received[1].Length, 200_000, 201_000);
        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => $"evt_{i}"), server.Received.Select(line => line.Split("id=\"", 2)[1].Split('"')[0]));
    }
}
