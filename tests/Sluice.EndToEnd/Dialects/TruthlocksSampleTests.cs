using System.Text.Json.Nodes;
using Sluice.EndToEnd.Cluster;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Dialects;

/// <summary>The blocks of Truthlocks' document run as they stand there, but for its host, its key and the id that is given by the server.</summary>
public sealed class TruthlocksSampleTests : IAsyncLifetime
{
    private readonly DataFolder _folder = new();
    private SluiceProcess _server = null!;

    public async ValueTask InitializeAsync() => _server = await SluiceProcess.StartAsync(_folder.Path);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_destination_is_created_listed_changed_and_deleted_by_the_documents_curl()
    {
        var created = JsonNode.Parse(await Sample.RunShellAsync(Mine("truthlocks/create.sh")))!;
        var shown = JsonNode.Parse(Sample.Read("truthlocks/created.json"))!.AsObject();
        Assert.Empty(shown.Select(member => member.Key).Except(created.AsObject().Select(member => member.Key)));
        foreach (var name in new[] { "provider", "endpoint", "enabled", "status" }) Assert.Equal(shown[name]!.ToJsonString(), created[name]!.ToJsonString());
        Assert.DoesNotContain("your-hec-token", created.ToJsonString(), StringComparison.Ordinal);
        var id = (string)created["id"]!;
        Assert.StartsWith("siem_", id, StringComparison.Ordinal);

        var listed = JsonNode.Parse(await Sample.RunShellAsync(Mine("truthlocks/list.sh")))!["destinations"]!.AsArray();
        Assert.Equal((id, "active"), ((string)Assert.Single(listed)!["id"]!, (string)listed[0]!["status"]!));

        var updated = JsonNode.Parse(await Sample.RunShellAsync(Mine("truthlocks/update.sh", id)))!;
        Assert.Equal(("https://hec-new.splunk.example.com:8088/services/collector", true), ((string)updated["endpoint"]!, (bool)updated["enabled"]!));

        var deleting = JsonNode.Parse(await Sample.RunShellAsync(Mine("truthlocks/delete.sh", id)))!;
        Assert.Equal("deleting", (string?)deleting["status"]);
    }

    [Fact]
    public async Task The_documents_typescript_creates_a_destination() =>
        Assert.Matches("^Destination siem_[0-9A-Z]+: active\n$", await Sample.RunTypeScriptAsync(Mine("truthlocks/create-siem.ts")));

    [Fact]
    public async Task The_documents_python_creates_a_destination() =>
        Assert.Matches("^Destination siem_[0-9A-Z]+: active\n$", await Sample.RunPythonAsync(Mine("truthlocks/create_siem.py")));

    [Fact]
    public async Task The_documents_go_creates_a_destination() =>
        Assert.Matches("^201 .*\"id\":\"siem_[0-9A-Z]+\"", await Sample.RunGoAsync(Mine("truthlocks/create_siem.go")));

    [Fact]
    public async Task The_documents_event_is_listed_as_it_is_shown()
    {
        var shown = JsonNode.Parse(Sample.Read("truthlocks/event.json"))!.AsObject();
        var sent = new JsonObject
        {
            ["id"] = shown["id"]!.DeepClone(),
            ["timestamp"] = shown["timestamp"]!.DeepClone(),
            ["tenant_id"] = shown["tenant_id"]!.DeepClone(),
            ["action"] = shown["action"]!.DeepClone(),
            ["outcome"] = "success",
            ["service"] = shown["service"]!.DeepClone(),
            ["actor"] = new JsonObject { ["type"] = "user", ["id"] = shown["actor_id"]!.DeepClone() },
            ["resource"] = new JsonObject { ["type"] = shown["resource_type"]!.DeepClone(), ["id"] = shown["resource_id"]!.DeepClone() },
            ["metadata"] = shown["metadata"]!.DeepClone(),
        };
        (await _server.Client.PostEventAsync(sent.ToJsonString())).Expect(200);

        var item = (await _server.Client.GetAsync("/v1/audit?actor=user-uuid&action=attestation.mint&resource_type=attestation&from=2026-06-30T12:00:00Z&to=2026-06-30T13:00:00Z")).Expect(200).Json["items"]![0]!.AsObject();
        var own = (await _server.Client.GetAsync("/v1/audit/events/evt_abc123")).Expect(200).Json;

        Assert.Equal(shown.Select(member => member.Key), item.Select(member => member.Key));
        Assert.Equal((string?)own["integrity_hash"], (string?)item["integrity_hash"]);
        item["integrity_hash"] = shown["integrity_hash"]!.DeepClone();
        Assert.True(JsonNode.DeepEquals(shown, item), item.ToJsonString());
    }

    [Fact]
    public async Task An_item_is_byte_for_byte_what_is_streamed()
    {
        (await _server.Client.PostAsync("/v1/audit/siem", """{"provider":"file","path":"truthlocks.ndjson","profile":"truthlocks","start_from":"beginning"}""")).Expect(201);
        (await _server.Client.PostEventAsync("""{"id":"e","action":"attestation.mint","outcome":"denied","actor":{"type":"machine","id":"ä"},"metadata":{"n":1.50,"denied":"twice"}}""")).Expect(200);
        var file = Path.Combine(_folder.Path, "out", "truthlocks.ndjson");
        await Eventually.TrueAsync(TimeSpan.FromSeconds(20), () => File.Exists(file) && File.ReadAllText(file).EndsWith('\n'), () => "The event is not in the file.");

        var listed = (await _server.Client.GetAsync("/v1/audit")).Expect(200).Text;
        Assert.Equal($"{{\"items\":[{File.ReadAllText(file).TrimEnd('\n')}],\"next_cursor\":null}}", listed);
    }

    private string Mine(string sample, string id = "siem_abc123") => Sample.Read(sample)
        .Replace("https://api.truthlocks.com", _server.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
        .Replace("tl_live_...", SluiceProcess.AdminKey, StringComparison.Ordinal)
        .Replace("siem_abc123", id, StringComparison.Ordinal);
}
