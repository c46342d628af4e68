using System.Net;
using System.Text.Json;
using Sluice.Tests.Server.Endpoints;

namespace Sluice.Tests.Server.Dialects;

/// <summary>Calls in Veza's form to the query endpoints over ledgers in memory. It is 2026-03-15T08:00:00Z there.</summary>
internal static class Veza
{
    public const string List = "/api/preview/system/audit", Export = List + "/export";

    public const string Recent = "ended_at GE \"2026-03-01T00:00:00Z\"", Committed = "persisted_at GE \"2026-03-01T00:00:00Z\"";

    public static Task<Answer> CallAsync(this QueryServer server, string path, string? tenant = null, params (string Name, string Value)[] parameters) =>
        server.GetAsync($"{path}?{string.Join('&', parameters.Select(parameter => $"{parameter.Name}={WebUtility.UrlEncode(parameter.Value)}"))}", tenant);

    /// <summary>A first page, or the next one when a token is given.</summary>
    public static async Task<(string[] Ids, string Token, bool More)> PageAsync(this QueryServer server, string path, int size, string filter, string? token = null, string? tenant = null)
    {
        var answer = await server.CallAsync(path, tenant, ("page_size", $"{size}"), token is null ? ("filter", filter) : ("page_token", token));
        Assert.True(answer.Status == 200, answer.Text);
        return (Ids(answer.Json), answer["next_page_token"]!, answer.Json.GetProperty("has_more").GetBoolean());
    }

    public static string[] Ids(JsonElement page) => [.. page.GetProperty("values").EnumerateArray().Select(value => value.GetProperty("request_id").GetString()!)];

    public static void IsVezaError(this Answer answer, int status, string code, string contains)
    {
        Assert.Equal((status, code, "application/json"), (answer.Status, answer["code"], answer.ContentType));
        Assert.Contains(contains, answer["message"], StringComparison.Ordinal);
    }

    /// <summary>An event whose call ended that many seconds after 07:00.</summary>
    public static void AddEnded(this QueryServer server, string id, int second, string tenant = "t1", string call = "\"method\":\"GET\",\"url\":\"/x\"") =>
        server.Add(id, tenant, $"\"api_call\":{{\"ended_at\":\"2026-03-15T07:{second / 60:00}:{second % 60:00}.000000001Z\",{call}}},");
}
