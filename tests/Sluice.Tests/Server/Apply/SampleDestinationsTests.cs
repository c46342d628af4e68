using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Sluice.Server.Apply;
using Sluice.Tests.Fakes;
using Sluice.Tests.Sources.CloudTrail;

namespace Sluice.Tests.Server.Apply;

/// <summary>The sample that the documentation points to, and with it a destination of each of five kinds, against the real server.</summary>
public sealed class SampleDestinationsTests : IAsyncLifetime
{
    private static readonly string Sample = Path.Combine(RealRecords.Repository.FullName, "docs", "samples", "destinations.yaml");

    private readonly TemporaryFolder _folder = new();
    private RunningServer _server = null!;
    private ApplyBench _bench = null!;

    public async ValueTask InitializeAsync()
    {
        File.WriteAllText(_folder.File("splunk-ca.pem"), Certificate());
        File.WriteAllText(_folder.File("archive-key.json"), ServiceAccount.Json() + "\n");
        _server = await RunningServer.StartAsync(new() { ["Sluice:Delivery:AllowChangefeeds"] = "true" });
        _bench = ApplyBench.Before(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _bench.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_sample_is_applied_once_and_then_nothing_is_left_to_do()
    {
        Assert.True(await _bench.ApplyAsync(Read()));
        Assert.EndsWith("Applied: 6 changes.\n", _bench.Output, StringComparison.Ordinal);

        Assert.False((await _bench.PlanAsync(Read())).HasChanges);
        Assert.True(await _bench.ApplyAsync(Read()));
        Assert.Equal("Nothing to change.\n", _bench.Output);
    }

    [Fact]
    public async Task Its_secrets_can_be_sent_again_and_are_never_shown()
    {
        await _bench.PlanAsync(Read());
        var shown = _bench.Output;
        await _bench.ApplyAsync(Read());

        await _bench.PlanAsync(Read(), new ApplyChoices(Secrets: true));
        Assert.Contains("Plan: 0 to create, 6 to update", _bench.Output, StringComparison.Ordinal);
        shown += _bench.Output;
        Assert.True(await _bench.ApplyAsync(Read(), new ApplyChoices(Secrets: true)));

        Assert.DoesNotContain("SECRET-OF-", shown + _bench.Output + _bench.Notes, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", shown + _bench.Output + _bench.Notes, StringComparison.Ordinal);
        Assert.False((await _bench.PlanAsync(Read())).HasChanges);
    }

    [Theory]
    [InlineData("splunk", """{"ca_certificate":null,"index":"main","source":"by-hand"}""", "index", "source", "ca_certificate")]
    [InlineData("webhook", """{"endpoint":"https://other.example.com/in?key=hunter2","filter":null,"next_secret":"by-hand","headers":[{"name":"X-Team","value":"security"}]}""", "endpoint", "filter", "headers", "next_secret")]
    [InlineData("http", """{"content_type":"application/json","headers":[{"name":"X-Environment","value":"production"},{"name":"X-Debug","value":"1"}]}""", "content_type", "headers")]
    [InlineData("s3", """{"compression":"none","layout":"gitlab","endpoint":"https://minio.example.com","mask_personal":null}""", "mask_personal", "layout", "endpoint", "compression")]
    [InlineData("gcs", """{"changefeed":null,"bucket":"audit-log-example","prefix":"other","payload_for":["*"]}""", "except_event_types", "changefeed", "prefix", "partition_format", "payload_for")]
    public async Task What_was_changed_by_hand_is_shown_and_undone(string provider, string byHand, params string[] changed)
    {
        await _bench.ApplyAsync(Read());
        var listed = JsonNode.Parse((await _server.CallAsync("GET", "/v1/audit/siem")).Text)!["destinations"]!.AsArray();
        var put = await _server.CallAsync("PUT", $"/v1/audit/siem/{listed.First(its => (string?)its!["provider"] == provider && its["tenant_id"] is null)!["id"]}", body: byHand);
        Assert.True(put.Status == 200, put.Text);

        var update = Assert.IsType<PlannedStep.Update>(Assert.Single((await _bench.PlanAsync(Read())).Steps, step => step.IsChange));
        Assert.Equal(changed.Order(), update.Changes.Select(change => change.Member).Order());
        Assert.DoesNotContain("hunter2", _bench.Output, StringComparison.Ordinal);
        Assert.True(await _bench.ApplyAsync(Read()), _bench.Notes);
        Assert.False((await _bench.PlanAsync(Read())).HasChanges);
    }

    private DestinationsFile Read()
    {
        using var text = File.OpenText(Sample);
        return DestinationsFile.Read("destinations.yaml", text, new References(_folder.Path, name => $"SECRET-OF-{name}"[..Math.Min(24, name.Length + 10)]));
    }

    private static string Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=ca", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return certificate.ExportCertificatePem() + "\n";
    }
}
