using System.Net.Http.Headers;
using System.Text.Json;
using Sluice.Server.Errors;

namespace Sluice.Server.Oidc;

/// <summary>Requests to the provider: without redirects, within ten seconds, and for answers of one mebibyte at most.</summary>
internal sealed class OidcHttp : IDisposable
{
    private const int MostBytes = 1 << 20;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = MostBytes,
    };

    public Task<JsonElement> GetAsync(Uri address, CancellationToken cancellation, string? bearer = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return SendAsync(request, cancellation);
    }

    public Task<JsonElement> PostAsync(Uri address, IReadOnlyDictionary<string, string> form, AuthenticationHeaderValue? authorization, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = authorization;
        return SendAsync(request, cancellation);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var sent = request;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var asked = $"{request.RequestUri!.GetLeftPart(UriPartial.Path)}";
        try
        {
            using var response = await _http.SendAsync(request, cancellation);
            using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            return response.IsSuccessStatusCode ? body.RootElement.Clone() : throw OidcException.Provider($"{asked} answered {(int)response.StatusCode}{Reason(body.RootElement)}.");
        }
        catch (JsonException)
        {
            throw OidcException.Provider($"{asked} did not answer with JSON.");
        }
        catch (Exception failed) when (Unreachable.Is(failed) || (failed is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw OidcException.Provider($"{asked} cannot be reached: {failed.Message}");
        }
    }

    /// <summary>As OAuth spells it; of anything else nothing is shown.</summary>
    private static string Reason(JsonElement body) => body.Text("error") is { } error ? $", {error}{(body.Text("error_description") is { } said ? $": {said}" : "")}" : "";
}
