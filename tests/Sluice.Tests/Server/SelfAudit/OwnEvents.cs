using System.Net;
using System.Text.Json;

namespace Sluice.Tests.Server.SelfAudit;

/// <summary>Sluice's own ledger as its API shows it.</summary>
internal static class OwnEvents
{
    public static async Task<List<JsonElement>> OfAsync(RunningServer server, string? filter = null, string query = "tenant_id=_sluice", string? key = RunningServer.AdminKey)
    {
        var answer = await server.CallAsync("GET", $"/v1/audit/events?{query}&order=asc&page_size=10000" + (filter is null ? "" : "&filter=" + WebUtility.UrlEncode(filter)), key);
        Assert.True(answer.Status == 200, answer.Text);
        return [.. answer.Json.GetProperty("events").EnumerateArray()];
    }

    public static async Task<JsonElement> OneAsync(RunningServer server, string filter)
    {
        var found = new List<JsonElement>();
        await Fakes.Eventually.TrueAsync(async () => (found = await OfAsync(server, filter)).Count > 0);
        return Assert.Single(found);
    }

    public static string? Text(this JsonElement of, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (of.ValueKind != JsonValueKind.Object || !of.TryGetProperty(name, out of)) return null;
        }

        return of.ValueKind == JsonValueKind.String ? of.GetString() : of.GetRawText();
    }
}
