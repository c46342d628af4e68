using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Server.Configuration;
using Sluice.Server.Errors;

namespace Sluice.Server.Apply;

/// <summary>The calls at <c>/v1/audit/siem</c>, as an apply makes them. Nothing is tried again: the whole command can be.</summary>
internal sealed class DestinationsApi(HttpClient http, Uri url, SecretText key)
{
    private const string Path = "/v1/audit/siem";

    private readonly string _base = url.AbsoluteUri.TrimEnd('/');

    public async Task<IReadOnlyList<JsonObject>> ListAsync(CancellationToken cancellation)
    {
        var answer = await CallAsync(HttpMethod.Get, Path, null, cancellation);
        return answer["destinations"] is JsonArray all ? [.. all.OfType<JsonObject>()] : throw new ApplyException($"{_base} does not answer with destinations. Is this a Sluice server?");
    }

    /// <summary>A tenant's key may not see what is the instance's.</summary>
    public async Task<bool> IsTenantsKeyAsync(CancellationToken cancellation)
    {
        try
        {
            await CallAsync(HttpMethod.Get, "/v1/audit/retention", null, cancellation);
            return false;
        }
        catch (RefusedException refused) when (refused.Status == HttpStatusCode.Forbidden)
        {
            return true;
        }
    }

    public Task<JsonObject> CreateAsync(JsonObject body, CancellationToken cancellation) => CallAsync(HttpMethod.Post, Path, body, cancellation);

    public Task<JsonObject> UpdateAsync(string id, JsonObject body, CancellationToken cancellation) => CallAsync(HttpMethod.Put, $"{Path}/{id}", body, cancellation);

    public Task<JsonObject> DeleteAsync(string id, CancellationToken cancellation) => CallAsync(HttpMethod.Delete, $"{Path}/{id}", null, cancellation);

    private async Task<JsonObject> CallAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, _base + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await SendAsync(request, cancellation);
        var answer = await ReadAsync(response, cancellation);
        return response.IsSuccessStatusCode && answer is not null ? answer : throw Refused(response, answer);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await http.SendAsync(request, cancellation);
        }
        catch (Exception error) when (Unreachable.Is(error))
        {
            throw new ApplyException($"{_base} cannot be reached: {Unreachable.Words(error).TrimEnd('.')}. Is the server running there? See: sluice serve");
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ApplyException($"{_base} did not answer within {http.Timeout.TotalSeconds:0} s. What was asked may have been done.");
        }
    }

    private static async Task<JsonObject?> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            return JsonNode.Parse(await response.Content.ReadAsByteArrayAsync(cancellation)) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private StartupException Refused(HttpResponseMessage response, JsonObject? problem) => (int)response.StatusCode switch
    {
        401 => new ApplyException($"{_base} does not know the key. Give a valid one with --key or in SLUICE_ADMIN_KEY."),
        >= 300 and < 400 => new ApplyException($"{_base} answers {(int)response.StatusCode}: its address is another one{(response.Headers.Location is { } to ? $", {to}" : "")}. Give that with --url."),
        >= 400 and < 500 when (string?)problem?["code"] is { } code => new RefusedException(response.StatusCode, (string?)problem["field"], $"{(string?)problem["detail"] ?? code}{Where(problem)}"),
        var status => new ApplyException($"{_base} answers {status}{((string?)problem?["detail"] is { } detail ? $": {detail}" : ". Is this a Sluice server?")}"),
    };

    private static string Where(JsonObject problem) => (problem["line"], problem["column"]) switch
    {
        ({ } line, { } column) => $" (line {line}, column {column} of {problem["field"]})",
        (_, { } column) => $" (column {column} of {problem["field"]})",
        _ => "",
    };
}
