using System.Text.Json.Nodes;
using Sluice.Destinations;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.Syslog;

/// <summary>What we send is what a real receiver understands.</summary>
public sealed class RsyslogTests
{
    [Fact]
    public async Task Rsyslog_finds_every_part_of_every_message_where_it_belongs()
    {
        Assert.SkipUnless(Rsyslog.IsInstalled, "Install rsyslog and rsyslog-openssl.");
        var certificates = new Certificates();
        using var rsyslog = await Rsyslog.StartAsync(certificates);
        await using var streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
        streams.Ledger.Append("""{"id":"evt_0","timestamp":"2026-03-15T08:42:17.003000001Z","tenant_id":"t1","category":"access","action":"user.login","outcome":"denied","actor":{"type":"user","id":"a\"b]c"},"metadata":{"text":"line\nbreak ü 😀"},"salt":"AAAAAAAAAAAAAAAAAAAAAA"}""");
        streams.Ledger.AppendMany(1, padding: 200_000);
        streams.Ledger.AppendMany(998);
        var settings = new JsonObject { ["provider"] = "syslog", ["endpoint"] = $"tls://127.0.0.1:{rsyslog.Port}", ["ca_certificate"] = certificates.AuthorityPem, ["start_from"] = "beginning" };
        var id = (await streams.Control.CreateAsync(settings, StreamHarness.Admin, default)).Definition.Id;
        await streams.UntilCursorAsync(id, 999);

        await StreamHarness.UntilNowAsync(() => rsyslog.Received.Count == 1_000);

        var first = rsyslog.Received[0];
        Assert.StartsWith("""audit.warning sluice user.login [sluice@32473 id="evt_0" tenant="t1" outcome="denied" actor="a\"b\]c"] """, first);
        Assert.Contains("""{"id":"evt_0",""", first);
        Assert.EndsWith("\"}", first);
        Assert.InRange(rsyslog.Received[1].Length, 200_000, 201_000);
        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => $"evt_{i}"), rsyslog.Received.Select(line => line.Split("id=\"", 2)[1].Split('"')[0]));
    }
}
