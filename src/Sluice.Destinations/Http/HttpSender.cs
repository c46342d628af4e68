using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Sluice.Delivery;

namespace Sluice.Destinations.Http;

/// <summary>
/// One destination's own HTTP client: guarded addresses, no redirects, no cookies, no proxy from the environment, answers read to 64 KB at most. Calls may
/// overlap; there are connections for as many as the destination may have in flight, and one for what it asks beside them.
/// </summary>
internal sealed class HttpSender : IDisposable
{
    private const int LargestAnswer = 64 * 1024;

    private readonly HttpSettings _settings;
    private readonly DestinationContext _its;
    private readonly Uri _address;
    private readonly HttpMessageInvoker _client;
    private int _lastLength;

    /// <param name="path">The path of an endpoint that has none.</param>
    public HttpSender(HttpSettings settings, DestinationContext its, string path = "/")
    {
        (_settings, _its, _address) = (settings, its, settings.Endpoint.WithPath(path));
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = its.InFlight + 1,
            MaxResponseDrainSize = LargestAnswer,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            ConnectCallback = new GuardedConnection(its).ConnectAsync,
            SslOptions = Tls.Options(settings),
        });
    }

    /// <summary>Where events go.</summary>
    public Uri Address => _address;

    /// <summary>Posts what the payload writes.</summary>
    /// <param name="prepare">Adds the kind's own headers; it is given the body as it is sent.</param>
    public async ValueTask<HttpAnswer> PostAsync(
        Action<IBufferWriter<byte>> payload, string contentType, Action<HttpRequestHeaders, ReadOnlyMemory<byte>>? prepare, CancellationToken cancellation)
    {
        using var body = new RequestBody();
        body.Write(payload, _lastLength, _settings.Compression);
        _lastLength = body.PlainLength;
        using var request = Request(HttpMethod.Post, _address);
        request.Content = Content(body.Sent, contentType, _settings.Compression);
        foreach (var header in _settings.Headers.Active.Where(header => CustomHeader.IsOfContent(header.Name))) Set(request.Content.Headers, header);
        prepare?.Invoke(request.Headers, body.Sent);
        var answer = await SendAsync(request, body.Sent.Length, cancellation);
        // An answer can come, or time run out, while the body is still being sent: then the array is not ours to return.
        if (answer.IsSuccess) body.Return();
        return answer;
    }

    /// <summary>Asks the same server something else, with a small body that is not compressed or none.</summary>
    public async ValueTask<HttpAnswer> AskAsync(
        HttpMethod method, Uri address, string? json, Action<HttpRequestHeaders>? prepare, CancellationToken cancellation)
    {
        using var request = Request(method, address);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        prepare?.Invoke(request.Headers);
        return await SendAsync(request, json?.Length ?? 0, cancellation);
    }

    public void Dispose() => _client.Dispose();

    private async ValueTask<HttpAnswer> SendAsync(HttpRequestMessage request, int length, CancellationToken cancellation)
    {
        using var response = await _client.SendAsync(request, cancellation);
        return await ReadAsync(response, length, cancellation);
    }

    private static ReadOnlyMemoryContent Content(ReadOnlyMemory<byte> body, string contentType, HttpCompression compression)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentLength = body.Length;
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (compression == HttpCompression.Gzip) content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        return content;
    }

    private HttpRequestMessage Request(HttpMethod method, Uri address)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("User-Agent", "Sluice");
        if (_settings.Endpoint.UserInfo is { } user)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));
        foreach (var header in _settings.Headers.Active.Where(header => !CustomHeader.IsOfContent(header.Name))) Set(request.Headers, header);
        return request;
    }

    private static void Set(HttpHeaders headers, CustomHeader header)
    {
        // Setting one of ours replaces it instead of sending it twice.
        headers.Remove(header.Name);
        headers.TryAddWithoutValidation(header.Name, header.Value.Reveal());
    }

    private async ValueTask<HttpAnswer> ReadAsync(HttpResponseMessage response, int sent, CancellationToken cancellation)
    {
        var text = response.Content.Headers.ContentLength == 0 ? "" : await TextAsync(response, cancellation);
        return new HttpAnswer((int)response.StatusCode, text, RetryAfter.Of(response, _its.Time.GetUtcNow()), sent);
    }

    private static async ValueTask<string> TextAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(LargestAnswer);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            var length = await stream.ReadAtLeastAsync(buffer.AsMemory(0, LargestAnswer), LargestAnswer, throwOnEndOfStream: false, cancellation);
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
