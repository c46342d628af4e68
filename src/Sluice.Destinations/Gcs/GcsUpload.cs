using Sluice.Delivery;
using Sluice.Destinations.Google;
using Sluice.Destinations.Http;
using Sluice.Secrets;

namespace Sluice.Destinations.Gcs;

/// <summary>What became of one upload: an answer, or no token to ask with.</summary>
internal readonly record struct UploadResult(HttpAnswer? Answer, DeliveryResult.TryLater? Outage);

/// <summary>Creates objects that are not there yet. It needs <c>storage.objects.create</c> and makes no other call but the one for a token.</summary>
internal sealed class GcsUpload : IDisposable
{
    private const string Scope = "https://www.googleapis.com/auth/devstorage.read_write";

    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly GcsSettings _settings;
    private readonly HttpConnections _http;
    private readonly GoogleToken _token;

    public GcsUpload(GcsSettings settings, DestinationContext its)
    {
        (_settings, _http) = (settings, new HttpConnections(settings, its));
        _token = new GoogleToken(settings.Key(), Scope, _http, its.Time);
    }

    /// <summary>A token that is refused is replaced once: it may have been revoked.</summary>
    public async ValueTask<UploadResult> CreateAsync(string name, string contentType, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            var token = await _token.GetAsync(cancellation);
            if (token.Token is null) return new UploadResult(null, token.Outage);
            using var request = Request(name, contentType, body, token.Token);
            var answer = await _http.SendAsync(request, cancellation);
            if (answer.Status == 401) _token.Forget(token.Token);
            if (answer.Status != 401 || attempt > 0) return new UploadResult(answer with { Text = answer.Text.Replace(token.Token, Secret.Mask, StringComparison.Ordinal) }, null);
        }
    }

    public void Dispose()
    {
        _token.Dispose();
        _http.Dispose();
    }

    private HttpRequestMessage Request(string name, string contentType, ReadOnlyMemory<byte> body, string token)
    {
        var server = _settings.Target.Address.GetLeftPart(UriPartial.Authority);
        var path = $"/upload/storage/v1/b/{Uri.EscapeDataString(_settings.Bucket!)}/o?uploadType=media&name={Uri.EscapeDataString(name)}&ifGenerationMatch=0";
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server + path, AsWritten)) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentLength = body.Length;
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        request.Headers.TryAddWithoutValidation("User-Agent", "Sluice");
        _settings.Headers.AddTo(request);
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return request;
    }
}
