using System.Buffers;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Sluice.Delivery;

namespace Sluice.Destinations.Http;

/// <summary>
/// One destination's own HTTP client: guarded addresses, no redirects, no cookies, no proxy from the environment, answers read to 64 KB at most
/// unless the kind needs more of them.
/// </summary>
internal sealed class HttpSender : IDisposable
{
    private const int UsualAnswer = 64 * 1024;
    private const int ReadAtOnce = 16 * 1024;
    private const int Connections = 2;

    private readonly HttpClientSettings _settings;
    private readonly DestinationContext _its;
    private readonly Uri _address;
    private readonly int _largestAnswer;
    private readonly HttpMessageInvoker _client;
    private readonly PooledBuffer _body = new();
    private readonly PooledBuffer _compressed = new();
    private int _lastLength;

    /// <param name="path">The path of an endpoint that has none.</param>
    /// <param name="largestAnswer">Bytes of an answer that are read.</param>
    public HttpSender(HttpClientSettings settings, DestinationContext its, string path = "/", int largestAnswer = UsualAnswer)
    {
        (_settings, _its, _address, _largestAnswer) = (settings, its, settings.Target.WithPath(path), largestAnswer);
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = Connections,
            MaxResponseDrainSize = UsualAnswer,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            ConnectCallback = new GuardedConnection(its, settings.MayBePlain).ConnectAsync,
            SslOptions = Tls.Options(settings.CaCertificate, settings.ClientCertificate, settings.ClientKey),
        });
    }

    /// <summary>Posts what the payload writes.</summary>
    /// <param name="prepare">Adds the kind's own headers; it is given the body as it is sent.</param>
    public async ValueTask<HttpAnswer> PostAsync(
        Action<IBufferWriter<byte>> payload, string contentType, Action<HttpRequestHeaders, ReadOnlyMemory<byte>>? prepare, CancellationToken cancellation)
    {
        _body.Reserve(_lastLength);
        payload(_body);
        _lastLength = _body.Length;
        var sent = _settings.Compression == HttpCompression.Gzip ? Compressed() : _body;
        using var request = Request(sent.Written, contentType);
        prepare?.Invoke(request.Headers, sent.Written);
        var isOver = false;
        try
        {
            using var response = await _client.SendAsync(request, cancellation);
            var answer = await ReadAsync(response, sent.Length, cancellation);
            isOver = answer.IsSuccess;
            return answer;
        }
        finally
        {
            // An answer can come, or time run out, while the body is still being sent: then the array is not ours to return.
            if (!isOver) Abandon();
            ReleaseBuffers();
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        ReleaseBuffers();
    }

    private void ReleaseBuffers()
    {
        _body.Dispose();
        _compressed.Dispose();
    }

    private void Abandon()
    {
        _body.Abandon();
        _compressed.Abandon();
    }

    private PooledBuffer Compressed()
    {
        using (var gzip = new GZipStream(new BufferStream(_compressed), CompressionLevel.Fastest)) gzip.Write(_body.Written.Span);
        return _compressed;
    }

    private HttpRequestMessage Request(ReadOnlyMemory<byte> body, string contentType)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentLength = body.Length;
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (_settings.Compression == HttpCompression.Gzip) request.Content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        request.Headers.TryAddWithoutValidation("User-Agent", "Sluice");
        if (_settings.Target.UserInfo is { } user)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));
        foreach (var header in _settings.Headers.Active) Set(request, header);
        return request;
    }

    private static void Set(HttpRequestMessage request, CustomHeader header)
    {
        // Setting one of ours replaces it instead of sending it twice.
        HttpHeaders headers = CustomHeader.IsOfContent(header.Name) ? request.Content!.Headers : request.Headers;
        headers.Remove(header.Name);
        headers.TryAddWithoutValidation(header.Name, header.Value.Reveal());
    }

    private async ValueTask<HttpAnswer> ReadAsync(HttpResponseMessage response, int sent, CancellationToken cancellation)
    {
        var text = response.Content.Headers.ContentLength == 0 ? "" : await TextAsync(response, cancellation);
        return new HttpAnswer((int)response.StatusCode, text, RetryAfter.Of(response, _its.Time.GetUtcNow()), sent);
    }

    private async ValueTask<string> TextAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        using var text = new PooledBuffer();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        while (text.Length < _largestAnswer)
        {
            var room = text.GetMemory(ReadAtOnce);
            var read = await stream.ReadAsync(room[..Math.Min(room.Length, _largestAnswer - text.Length)], cancellation);
            if (read == 0) break;
            text.Advance(read);
        }

        return Encoding.UTF8.GetString(text.Written.Span);
    }
}
