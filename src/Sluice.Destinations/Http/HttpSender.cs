using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using Sluice.Delivery;

namespace Sluice.Destinations.Http;

/// <summary>Posts a destination's payloads to its endpoint, and asks its server what else there is to ask. Calls may overlap.</summary>
internal sealed class HttpSender : IDisposable
{
    private readonly HttpClientSettings _settings;
    private readonly HttpConnections _connections;
    private int _lastLength;

    /// <param name="path">The path of an endpoint that has none.</param>
    /// <param name="largestAnswer">Bytes of an answer that are read.</param>
    public HttpSender(HttpClientSettings settings, DestinationContext its, string path = "/", int largestAnswer = HttpConnections.UsualAnswer) =>
        (_settings, Address, _connections) = (settings, settings.Target.WithPath(path), new HttpConnections(settings, its, largestAnswer));

    /// <summary>Where events go.</summary>
    public Uri Address { get; }

    /// <summary>Posts what the payload writes.</summary>
    /// <param name="prepare">Adds the kind's own headers; it is given the body as it is sent.</param>
    public async ValueTask<HttpAnswer> PostAsync(
        Action<IBufferWriter<byte>> payload, string contentType, Action<HttpRequestHeaders, ReadOnlyMemory<byte>>? prepare, CancellationToken cancellation)
    {
        using var body = new RequestBody();
        body.Write(payload, _lastLength, _settings.Compression);
        _lastLength = body.PlainLength;
        var content = Content(body.Sent, contentType);
        using var request = Request(HttpMethod.Post, Address, content);
        try
        {
            prepare?.Invoke(request.Headers, body.Sent);
            return await _connections.SendRepeatableAsync(request, cancellation);
        }
        finally
        {
            // A destination that always fails would make garbage of a body for every attempt.
            if (content.TryTakeBack()) body.Return();
        }
    }

    /// <summary>Asks the same server something else, with a small body that is not compressed or none.</summary>
    public async ValueTask<HttpAnswer> AskAsync(HttpMethod method, Uri address, string? json, Action<HttpRequestHeaders>? prepare, CancellationToken cancellation)
    {
        using var request = Request(method, address, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"));
        prepare?.Invoke(request.Headers);
        return await _connections.SendAsync(request, cancellation);
    }

    public void Dispose() => _connections.Dispose();

    private LentContent Content(ReadOnlyMemory<byte> body, string contentType)
    {
        var content = new LentContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (_settings.Compression == HttpCompression.Gzip) content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        return content;
    }

    private HttpRequestMessage Request(HttpMethod method, Uri address, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.TryAddWithoutValidation("User-Agent", "Sluice");
        if (_settings.Target.UserInfo is { } user)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));
        _settings.Headers.AddTo(request);
        return request;
    }
}
