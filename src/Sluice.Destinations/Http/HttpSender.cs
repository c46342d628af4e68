using System.Buffers;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Sluice.Delivery;

namespace Sluice.Destinations.Http;

/// <summary>Posts a destination's payloads to its endpoint. Calls do not overlap.</summary>
internal sealed class HttpSender : IDisposable
{
    private readonly HttpClientSettings _settings;
    private readonly Uri _address;
    private readonly HttpConnections _connections;
    private readonly PooledBuffer _body = new();
    private readonly PooledBuffer _compressed = new();
    private int _lastLength;

    /// <param name="path">The path of an endpoint that has none.</param>
    /// <param name="largestAnswer">Bytes of an answer that are read.</param>
    public HttpSender(HttpClientSettings settings, DestinationContext its, string path = "/", int largestAnswer = HttpConnections.UsualAnswer) =>
        (_settings, _address, _connections) = (settings, settings.Target.WithPath(path), new HttpConnections(settings, its, largestAnswer));

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
            var answer = await _connections.SendAsync(request, cancellation);
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
        _connections.Dispose();
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
        _settings.Headers.AddTo(request);
        return request;
    }
}
