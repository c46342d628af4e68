using System.Text.Json.Nodes;
using Sluice.Emulators;
using Sluice.EndToEnd.Cluster;
using Sluice.EndToEnd.Running;
using Sluice.Testing;

namespace Sluice.EndToEnd.Dialects;

/// <summary>Clients that others wrote set streams up at a real server, and the events arrive.</summary>
public sealed class GitLabClientTests
{
    [Fact]
    public async Task Graphql_request_and_Apollo_manage_streams_and_events_arrive_as_they_said()
    {
        Assert.SkipUnless(NodeScript.IsThere, NodeScript.Missing);
        using var folder = new DataFolder();
        await using var receiver = await Receiver.StartAsync();
        await using var server = await SluiceProcess.StartAsync(folder.Path);

        var report = JsonNode.Parse(await NodeScript.RunAsync(
            "gitlab-clients.mjs", "", ("SLUICE_URL", server.Address.GetLeftPart(UriPartial.Authority)), ("SLUICE_KEY", SluiceProcess.AdminKey), ("RECEIVER_URL", receiver.Address.GetLeftPart(UriPartial.Authority))))!;
        (await server.Client.PutAsync("/v1/access/tenants/acme-web", """{"parent":"acme"}""")).Expect(200);
        foreach (var (tenant, action) in new[] { ("acme", "user.login"), ("beta", "user.login"), ("acme-web", "scan.run"), ("acme", "user.logout") }) await SendAsync(server, tenant, action);
        await Eventually.TrueAsync(TimeSpan.FromSeconds(30), () => receiver.Requests.Count >= 8, () => $"{receiver.Requests.Count} events arrived");

        Says(report);
        Arrived(receiver, (string)report["token"]!);
    }

    /// <summary>What the clients found.</summary>
    private static void Says(JsonNode report)
    {
        Assert.Empty(report["invalid"]!.AsArray());
        Assert.Equal("""{"status":401,"message":"Invalid token"}""", report["refused"]!.ToJsonString());
        Assert.StartsWith("The resource that you are attempting to access does not exist", (string?)report["forbidden"]!["message"]);
        Assert.Equal(
            """[{"key":"X-Active","value":"yes","active":true},{"key":"X-Inactive","value":"no","active":false},{"key":"Content-Type","value":"application/json","active":true}]""",
            report["listed"]![0]!["headers"]!["nodes"]!.ToJsonString());
        Assert.All(report["created"]!.AsArray(), one => Assert.Equal("""[0,"GroupAuditEventStreamingDestinationsCreatePayload","GroupAuditEventStreamingDestination","acme"]""", one!.ToJsonString()));
        Assert.Equal("""[[["three","two"],true],[["one"],false]]""", report["pages"]!.ToJsonString());
        Assert.Equal(("renamed", false), ((string?)report["changed"]!["name"], (bool)report["changed"]!["active"]!));
        Assert.Equal("""["renamed",false]""", report["cached"]!.ToJsonString());
        Assert.Equal("""["Name has already been taken"]""", report["duplicate"]!.ToJsonString());
        Assert.Equal("undefinedField", (string?)report["broken"]);
    }

    /// <summary>GL-01, GL-02, GL-07, GL-24, GL-26, GL-31, GL-32, GL-43, GL-45.</summary>
    private static void Arrived(Receiver receiver, string token)
    {
        var all = receiver.Requests.Select(request => (request.Path, request.Headers, Event: JsonNode.Parse(request.Body)!)).ToList();
        var instance = all.Where(one => one.Path == "/instance").ToList();
        Assert.Equal(["acme", "beta"], instance.Select(one => (string?)one.Event["entity_path"]).Order());
        Assert.All(instance, one =>
        {
            Assert.Equal(("user.login", "yes", "application/json", token), ((string?)one.Event["event_type"], one.Headers["X-Active"], one.Headers["Content-Type"], one.Headers["X-Gitlab-Event-Streaming-Token"]));
            Assert.Equal("user.login", one.Headers["X-Gitlab-Audit-Event-Type"]);
            Assert.False(one.Headers.ContainsKey("X-Inactive"));
        });
        foreach (var name in new[] { "one", "two" })
        {
            var theirs = all.Where(one => one.Path == $"/acme/{name}").ToList();
            Assert.Equal([("acme", "user.login"), ("acme-web", "scan.run"), ("acme", "user.logout")], theirs.Select(one => ((string?)one.Event["entity_path"], (string?)one.Event["event_type"])));
            Assert.All(theirs, one => Assert.Equal(name, one.Headers["X-Name"]));
        }

        Assert.DoesNotContain(all, one => one.Path == "/acme/three");
    }

    private static async Task SendAsync(SluiceProcess server, string tenant, string action) =>
        (await server.Client.PostEventAsync($$$"""{"action":"{{{action}}}","outcome":"success","tenant_id":"{{{tenant}}}","actor":{"type":"user","id":"u"}}""")).Expect(200);
}
