using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Sluice.EndToEnd.Running;

/// <summary>Speaks to a server with one key.</summary>
internal sealed class SluiceClient(Uri address, string? key) : IDisposable
{
    private const string Json = "application/json", Lines = "application/x-ndjson";

    private readonly HttpClient _http = New(address, key);

    public HttpClient Http => _http;

    public SluiceClient With(string otherKey) => new(address, otherKey);

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _http.GetAsync("/readyz");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or SocketException)
        {
            return false;
        }
    }

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<Answer> DeleteAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Delete, path));

    public Task<Answer> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, Json));

    public Task<Answer> PutAsync(string path, string json) => SendAsync(HttpMethod.Put, path, new StringContent(json, Encoding.UTF8, Json));

    public Task<Answer> PostEventAsync(string json) => PostAsync("/v1/audit/events", json);

    public Task<Answer> PostLinesAsync(byte[] body, bool gzip = false)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(Lines);
        if (gzip) content.Headers.ContentEncoding.Add("gzip");
        return SendAsync(HttpMethod.Post, "/v1/audit/events", content);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        using (var response = await _http.SendAsync(request))
        {
            return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.RetryAfter?.ToString());
        }
    }

    /// <summary>The log's size.</summary>
    public async Task<long> SizeAsync() => (long)(await GetAsync("/v1/audit/log")).Expect(200).Json["size"]!;

    /// <summary>Every event after a sequence, in order.</summary>
    public async IAsyncEnumerable<JsonNode> ExportAsync(long after)
    {
        using var response = await _http.GetAsync($"/v1/audit/export{(after < 0 ? "" : $"?after={after}")}", HttpCompletionOption.ResponseHeadersRead);
        Assert.True(response.IsSuccessStatusCode, $"The export answered {(int)response.StatusCode}.");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line) yield return JsonNode.Parse(line)!;
    }

    public void Dispose() => _http.Dispose();

    private Task<Answer> SendAsync(HttpMethod method, string path, HttpContent content) => SendAsync(new HttpRequestMessage(method, path) { Content = content });

    private static HttpClient New(Uri address, string? key)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 256 }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        if (key is not null) http.DefaultRequestHeaders.Add("X-API-Key", key);
        return http;
    }
}
