using System.Text.Json.Nodes;

namespace Sluice.Tests.Server.OpenApi;

/// <summary>What the server answers is what its description promises.</summary>
public sealed class DescribedAnswersTests
{
    private const string Webhook = """{"provider":"webhook","endpoint":"https://siem.example.com/in","secret":"s","headers":[{"name":"X-Token","value":"t"}],"enabled":false}""";

    [Fact]
    public async Task Answers_have_the_members_that_are_described_and_no_others()
    {
        await using var server = await RunningServer.StartAsync();
        var document = JsonNode.Parse((await server.CallAsync("GET", "/openapi/v1.json", key: null)).Text)!;
        var id = JsonNode.Parse((await server.CallAsync("POST", "/v1/audit/siem", body: Webhook)).Text)!["id"]!.GetValue<string>();
        var full = """{"id":"a","actor":{"type":"user","id":"u","name":"n","more":1},"action":"a.b","outcome":"denied","api_call":{"http_status":200,"started_at":"2026-01-01T00:00:00Z"},"metadata":{"personal":{"x":1}},"source_ip":"::1"}""";

        foreach (var (method, path, described, body) in new[]
        {
            ("POST", "/v1/audit/events", "/v1/audit/events", full),
            ("POST", "/v1/audit/events", "/v1/audit/events", """[{"action":"x"}]"""),
            ("POST", "/v1/audit/events", "/v1/audit/events", "{"),
            ("GET", "/v1/audit/events", "/v1/audit/events", null),
            ("GET", "/v1/audit/events?filter=x", "/v1/audit/events", null),
            ("GET", "/v1/audit/events/a", "/v1/audit/events/{id}", null),
            ("GET", "/v1/audit/events/b", "/v1/audit/events/{id}", null),
            ("GET", "/v1/audit/events/a/proof", "/v1/audit/events/{id}/proof", null),
            ("GET", "/v1/audit/stats?group_by=actor.id&interval=1h", "/v1/audit/stats", null),
            ("GET", "/api/preview/system/audit?page_size=1&filter=ended_at+GE+%222026-03-15T08:00:00Z%22", "/api/preview/system/audit", null),
            ("GET", "/api/preview/system/audit/export?page_size=1&filter=persisted_at+GT", "/api/preview/system/audit/export", null),
            ("GET", "/v1/audit?limit=1", "/v1/audit", null),
            ("GET", "/v1/audit?limit=0", "/v1/audit", null),
            ("POST", "/admin/v1/events/_search", "/admin/v1/events/_search", "{}"),
            ("POST", "/admin/v1/events/_search", "/admin/v1/events/_search", "{\"limit\":\"x\"}"),
            ("POST", "/admin/v1/events/types/_search", "/admin/v1/events/types/_search", null),
            ("POST", "/admin/v1/aggregates/types/_search", "/admin/v1/aggregates/types/_search", "{}"),
            ("GET", "/v1/zaita/audit-events?page_size=2", "/v1/zaita/audit-events", null),
            ("GET", "/v1/zaita/audit-events?page_size=0", "/v1/zaita/audit-events", null),
            ("GET", "/v1/audit/log", "/v1/audit/log", null),
            ("GET", "/v1/audit/log/self-check", "/v1/audit/log/self-check", null),
            ("POST", "/v1/audit/log/self-check", "/v1/audit/log/self-check", null),
            ("GET", "/v1/audit/checkpoints", "/v1/audit/checkpoints", null),
            ("GET", "/v1/audit/consistency?from=0&to=1", "/v1/audit/consistency", null),
            ("POST", "/v1/audit/siem", "/v1/audit/siem", """{"provider":"splunk","endpoint":"https://splunk.example.com","token":"t"}"""),
            ("POST", "/v1/audit/siem", "/v1/audit/siem", """{"provider":"stdout","enabled":false}"""),
            ("POST", "/v1/audit/siem", "/v1/audit/siem", """{"provider":"fax"}"""),
            ("GET", "/v1/audit/siem", "/v1/audit/siem", null),
            ("GET", $"/v1/audit/siem/{id}", "/v1/audit/siem/{id}", null),
            ("POST", $"/v1/audit/siem/{id}/resume", "/v1/audit/siem/{id}/resume", null),
            ("GET", $"/v1/audit/siem/{id}/lag", "/v1/audit/siem/{id}/lag", null),
            ("GET", $"/v1/audit/siem/{id}/attempts", "/v1/audit/siem/{id}/attempts", null),
            ("GET", $"/v1/audit/siem/{id}/gaps", "/v1/audit/siem/{id}/gaps", null),
            ("GET", $"/v1/audit/siem/{id}/dead-letters", "/v1/audit/siem/{id}/dead-letters", null),
            ("GET", "/v1/audit/retention", "/v1/audit/retention", null),
            ("PUT", "/v1/audit/retention", "/v1/audit/retention", """{"days":30}"""),
            ("PUT", "/v1/audit/retention", "/v1/audit/retention", """{"days":0}"""),
            ("POST", "/v1/access/keys", "/v1/access/keys", """{"name":"k","role":"reader"}"""),
            ("GET", "/v1/access/keys", "/v1/access/keys", null),
            ("GET", "/healthz", "/healthz", null),
        })
        {
            var answer = await server.CallAsync(method, path, body: body);
            var content = document["paths"]![described]![method.ToLowerInvariant()]!["responses"]![$"{answer.Status}"]?["content"]?[answer.ContentType!];
            Assert.True(content is not null, $"{method} {path} answered {answer.Status} {answer.ContentType}, which is not described: {answer.Text}");
            var faults = new SchemaCheck(document).Faults(JsonNode.Parse(answer.Text), content["schema"]!, "").ToList();
            Assert.True(faults.Count == 0, $"{method} {path}: {string.Join("; ", faults)}\n{answer.Text}");
        }
    }
}
