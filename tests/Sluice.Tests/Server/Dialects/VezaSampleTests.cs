using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sluice.Tests.Documentation;

namespace Sluice.Tests.Server.Dialects;

/// <summary>The event that Veza's document shows comes back member by member, from both calls.</summary>
public sealed partial class VezaSampleTests
{
    private const string Shown = """
        {"identity":{"user_id":"aeaa34cf-e97f-4315-b185-249018cf191c","session_id":"b0ba024d-0158-4c7e-a47f-bbe8f7b98806","api_key_id":"","email":"cookie@cookie.ai"},
         "status":{"grpc_code":"OK","http_status":200,"error_reason":"OK"},
         "client":{"ip":"10.42.1.1","user_agent":"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/115.0.0.0 Safari/537.36"},
         "endpoint":"/api_protos.v1.APIKeyService/CreateAPIKey","method":"POST","url":"/api/preview/keys","request_id":"1a98184880f9952551c53d836598b258",
         "request":{"name":"KeyName1"},
         "response":{"value":{"id":"fde4386f-3d85-4ef2-82d0-324dacb6e9ba","name":"KeyName1","team_id":"613df06e-9a40-4331-947c-5c327b54b228","user_id":"aeaa34cf-e97f-4315-b185-249018cf191c"}},
         "started_at":"2026-02-26T08:23:17.134994459Z","ended_at":"2026-02-26T08:23:17.151080751Z"}
        """;

    [Fact]
    public async Task The_documents_event_is_answered_as_the_document_shows_it()
    {
        await using var server = await RunningServer.StartAsync();
        var sent = Event(JsonNode.Parse(Shown)!);
        Assert.Equal(200, (await server.CallAsync("POST", "/v1/audit/events", body: sent.ToJsonString())).Status);

        foreach (var query in new[] { $"{Veza.List}?page_size=1&filter=ended_at+EQ+%222026-02-26T08:23:17.151080751Z%22", $"{Veza.Export}?page_size=1&filter=persisted_at+GE+%222026-03-01T00:00:00Z%22" })
        {
            var answer = await server.CallAsync("GET", query);
            Assert.Equal(JsonSerializer.Serialize(JsonDocument.Parse(Shown)), JsonSerializer.Serialize(answer.Json.GetProperty("values")[0]));
        }
    }

    [Theory]
    [InlineData("list.sh", 1)]
    [InlineData("export.sh", 5)]
    public async Task In_the_documents_time_its_lines_are_answered_as_they_stand(string sample, int size)
    {
        await using var server = await RunningServer.StartAsync();
        server.Time.Advance(new DateTimeOffset(2023, 8, 9, 0, 0, 0, TimeSpan.Zero) - server.Time.GetUtcNow());
        for (var i = 0; i < 6; i++) await server.CallAsync("POST", "/v1/audit/events", body: Some.EventWithId($"e{i}").Replace("2026-03-15", "2023-08-05", StringComparison.Ordinal));
        var line = new Page($"tests/Sluice.EndToEnd/Dialects/Samples/veza/{sample}").Text;

        var answer = await server.CallAsync("GET", UrlOf().Match(line).Groups[1].Value, key: null, body: null, ("authorization", $"Bearer {RunningServer.AdminKey}"));

        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(Enumerable.Range(0, size).Select(i => $"e{i}"), Veza.Ids(answer.Json));
    }

    [GeneratedRegex("\"\\$VEZA_URL([^\"]+)\"")]
    private static partial Regex UrlOf();

    private static JsonObject Event(JsonNode veza) => new()
    {
        ["action"] = "api_key.create",
        ["outcome"] = "success",
        ["actor"] = new JsonObject { ["type"] = "user", ["id"] = veza["identity"]!["user_id"]!.DeepClone(), ["email"] = veza["identity"]!["email"]!.DeepClone() },
        ["session_id"] = veza["identity"]!["session_id"]!.DeepClone(),
        ["source_ip"] = veza["client"]!["ip"]!.DeepClone(),
        ["user_agent"] = veza["client"]!["user_agent"]!.DeepClone(),
        ["request_id"] = veza["request_id"]!.DeepClone(),
        ["api_call"] = new JsonObject([
            .. new[] { "endpoint", "method", "url", "request", "response", "started_at", "ended_at" }.Select(name => KeyValuePair.Create(name, (JsonNode?)veza[name]!.DeepClone())),
            .. veza["status"]!.AsObject().Select(member => KeyValuePair.Create(member.Key, (JsonNode?)member.Value!.DeepClone()))]),
    };
}
