using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Tests.Server.Endpoints;

namespace Sluice.Tests.Server.Dialects;

/// <summary>Calls in ZITADEL's form to the query endpoints over ledgers in memory.</summary>
internal static class Zitadel
{
    public const string Events = "/admin/v1/events/_search", EventTypes = "/admin/v1/events/types/_search", AggregateTypes = "/admin/v1/aggregates/types/_search";

    public static async Task<JsonElement> SearchAsync(this QueryServer server, string body, string? tenant = null, string? language = null)
    {
        var answer = await server.PostAsync(Events, body, tenant, language);
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Json.GetProperty("events");
    }

    /// <summary>What was found, by sequence.</summary>
    public static async Task<string> FindAsync(this QueryServer server, string body, string? tenant = null) => string.Join(' ', Sequences(await server.SearchAsync(body, tenant)));

    public static IEnumerable<string> Sequences(JsonElement events) => events.EnumerateArray().Select(found => found.GetProperty("sequence").GetString()!);

    public static void IsZitadelError(this Answer answer, int status, int code, string contains)
    {
        Assert.Equal((status, $"{code}", "application/json"), (answer.Status, answer["code"], answer.ContentType));
        Assert.Contains(contains, answer["message"], StringComparison.Ordinal);
        Assert.Equal(answer["message"], Assert.Single(answer.Json.GetProperty("details").EnumerateArray()).GetProperty("message").GetString());
    }

    /// <summary>An event as a user management would send it.</summary>
    /// <param name="resource">Type and id, with a slash between; null for none.</param>
    public static void Happened(this QueryServer server, string time, string action, string? resource, string actor = "user/u1", string tenant = "t1")
    {
        var sent = new JsonObject { ["id"] = $"e{server.Main.Size}", ["timestamp"] = time, ["tenant_id"] = tenant, ["category"] = "c", ["action"] = action, ["outcome"] = "success", ["actor"] = Thing(actor) };
        if (resource is not null) sent["resource"] = Thing(resource);
        sent["salt"] = "AAAAAAAAAAAAAAAAAAAAAA";
        server.Main.Add(sent.ToJsonString());
    }

    private static JsonObject Thing(string text) => new() { ["id"] = text.Split('/')[1], ["type"] = text.Split('/')[0] };
}
