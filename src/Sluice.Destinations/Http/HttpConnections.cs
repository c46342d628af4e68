using System.Buffers;
using System.Net;
using System.Text;
using Sluice.Delivery;

namespace Sluice.Destinations.Http;

/// <summary>
/// One destination's own connections: guarded addresses, no redirects, no cookies, no proxy from the environment, answers read to 64 KB at most
/// unless the kind needs more of them. Calls may overlap; there are connections for as many as the destination may have in flight, and one for what it asks
/// beside them.
/// </summary>
internal sealed class HttpConnections : IDisposable
{
    /// <summary>Bytes of an answer that are read, as a rule.</summary>
    public const int UsualAnswer = 64 * 1024;

    private const int ReadAtOnce = 16 * 1024;

    private readonly TimeProvider _time;
    private readonly int _largestAnswer;
    private readonly HttpMessageInvoker _client;
    private int _opened;

    public HttpConnections(HttpClientSettings settings, DestinationContext its, int largestAnswer = UsualAnswer)
    {
        (_time, _largestAnswer) = (its.Time, largestAnswer);
        var guarded = new GuardedConnection(its, settings.MayBePlain);
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = its.InFlight + 1,
            MaxResponseDrainSize = UsualAnswer,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            ConnectCallback = (context, cancellation) =>
            {
                Interlocked.Increment(ref _opened);
                return guarded.ConnectAsync(context, cancellation);
            },
            SslOptions = Tls.Options(settings.CaCertificate, settings.ClientCertificate, settings.ClientKey),
        });
    }

    /// <summary>Sends a request once. When it throws, the request's body may still be read for a while, and the server may have got it.</summary>
    public async ValueTask<HttpAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var response = await _client.SendAsync(request, cancellation);
        return await AnswerAsync(request, response, cancellation);
    }

    /// <summary>
    /// Sends a request that may arrive twice. A server may close a connection that it held open just when a request comes over it, as every server does that limits how
    /// long one may be idle. That is no outage: the request goes once more, over another connection. One that broke a fresh connection does not.
    /// </summary>
    public async ValueTask<HttpAnswer> SendRepeatableAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var opened = Volatile.Read(ref _opened);
        try
        {
            return await SendAsync(request, cancellation);
        }
        catch (HttpRequestException broken) when (broken.InnerException is IOException && opened == Volatile.Read(ref _opened))
        {
            return await SendAsync(request, cancellation);
        }
    }

    public void Dispose() => _client.Dispose();

    private async ValueTask<HttpAnswer> AnswerAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = response.Content.Headers.ContentLength == 0 ? "" : await TextAsync(response, cancellation);
        return new HttpAnswer((int)response.StatusCode, text, RetryAfter.Of(response, _time.GetUtcNow()), request.Content?.Headers.ContentLength ?? 0);
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
