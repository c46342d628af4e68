using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulators;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Server;

/// <summary>Whoever asks for an event and whoever is sent it have the same bytes; what a provider needs stands around them.</summary>
public sealed class SameEventEverywhereTests
{
    private const string Sent =
        """{"id":"evt_same","tenant_id":"TENANT","timestamp":"2026-03-15T09:42:17.003+01:00","action":"user.login","outcome":"denied","actor":{"type":"user","id":"u","email":"ada@example.com"},"source_ip":"203.0.113.42","metadata":{"z":1.50,"a":[1E21,true,null,{}],"text":"ü \u0007 😀","personal":{"phone":"1"}}}""";

    [Fact]
    public async Task Asked_for_exported_and_sent_it_is_the_same()
    {
        using var folder = new TemporaryFolder();
        await using var receiver = await Receiver.StartAsync();
        await using var server = await RunningServer.StartAsync(new() { ["Sluice:Data"] = folder.Path, ["Sluice:Delivery:AllowPrivateEndpoints"] = "true" });
        receiver.Answer = request => new Reply(200, request.Path.Contains("/_bulk?") ? """{"errors":false,"items":[{"create":{"status":201}},{"create":{"status":201}}]}""" : "{}");
        await server.CallAsync("POST", "/v1/audit/events", body: $"[{Sent.Replace("TENANT", "t1")},{Sent.Replace("TENANT", "t2")}]");
        await CreateAsync("""{"provider":"webhook","framing":"ndjson"}""");
        await CreateAsync("""{"provider":"splunk","token":"token-of-a-test"}""");
        await CreateAsync("""{"provider":"elastic","token":"token-of-a-test"}""");
        await CreateAsync("""{"provider":"file","path":"audit.ndjson"}""");

        var asked = Raw((await server.CallAsync("GET", "/v1/audit/events?order=asc")).Json.GetProperty("events").EnumerateArray());
        var file = folder.File("out/audit.ndjson");
        await StreamHarness.UntilNowAsync(() => receiver.Requests.Count == 3 && File.Exists(file) && File.ReadAllText(file).Count(c => c == '\n') == 2);

        Assert.Equal(["t1", "t2"], asked.Select(text => JsonElement.Parse(text).GetProperty("tenant_id").GetString()));
        Assert.Equal(asked[0], (await server.CallAsync("GET", "/v1/audit/events/evt_same?tenant_id=t1")).Text);
        Assert.Equal(asked, Lines((await server.CallAsync("GET", "/v1/audit/export")).Text));
        Assert.Equal(asked, Lines(File.ReadAllText(file)));
        Assert.Equal(asked, Lines(BodyOf("/")));
        Assert.Equal(asked, Raw(Lines(BodyOf("/event").Replace("}{\"time\"", "}\n{\"time\"")).Select(line => JsonElement.Parse(line).GetProperty("event"))));
        Assert.Equal(["t1:evt_same", "t2:evt_same"], Lines(BodyOf("_bulk")).Where((_, i) => i % 2 == 0).Select(line => (string?)JsonNode.Parse(line)!["create"]!["_id"]));
        Assert.Equal(asked.Select(text => $"{{\"@timestamp\":\"2026-03-15T08:42:17.003000000Z\",{text[1..]}"), Lines(BodyOf("_bulk")).Where((_, i) => i % 2 == 1));
        await server.StopAsync();

        async Task CreateAsync(string json)
        {
            var settings = JsonNode.Parse(json)!.AsObject();
            if ((string?)settings["provider"] != "file") settings["endpoint"] = receiver.Address.GetLeftPart(UriPartial.Authority);
            settings["start_from"] = "beginning";
            Assert.Equal(201, (await server.CallAsync("POST", "/v1/audit/siem", body: settings.ToJsonString())).Status);
        }

        string BodyOf(string path) => Encoding.UTF8.GetString(receiver.Requests.Single(request => request.Path.Split('?')[0].EndsWith(path, StringComparison.Ordinal)).Body);
    }

    private static string[] Lines(string text) => text.TrimEnd('\n').Split('\n');

    private static string[] Raw(IEnumerable<JsonElement> events) => [.. events.Select(one => one.GetRawText())];
}
