using System.Text.Json.Nodes;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Dialects;

/// <summary>The event of Zaita's document, sent and asked for by a machine account's key with each of the filters that the document names.</summary>
public sealed class ZaitaSampleTests
{
    [Fact]
    public async Task The_documents_event_is_found_by_each_filter_and_answered_as_it_is_shown()
    {
        using var folder = new DataFolder();
        await using var server = await SluiceProcess.StartAsync(folder.Path);
        var shown = JsonNode.Parse(Sample.Read("zaita/event.json"))!;
        var sent = shown.DeepClone().AsObject();
        sent["id"] = sent["event_id"]!.DeepClone();
        sent.Remove("event_id");
        (await server.Client.PostEventAsync(sent.ToJsonString())).Expect(200);
        using var reader = server.Client.With((string)(await server.Client.PostAsync("/v1/access/keys", """{"name":"siem","role":"reader","tenant_id":"tnt_7g8h9i0j"}""")).Expect(201).Json["key"]!);

        foreach (var query in new[] { "from=2026-03-15T08:42:17Z&to=2026-03-15T08:42:18Z", "event_type=certificate.issue", "event_type=certificate.*", "actor=usr_k1l2m3n4", "resource_type=certificate&resource_id=crt_o5p6q7r8" })
        {
            var page = (await reader.GetAsync($"/v1/zaita/audit-events?{query}")).Expect(200).Json;
            Assert.True(JsonNode.DeepEquals(shown, Assert.Single(page["events"]!.AsArray())), $"{query}: {page.ToJsonString()}");
        }
    }
}
