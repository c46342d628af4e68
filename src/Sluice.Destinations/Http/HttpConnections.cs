using System.Buffers;
using System.Net;
using System.Text;
using Sluice.Delivery;

namespace Sluice.Destinations.Http;

/// <summary>
/// One destination's own connections: guarded addresses, no redirects, no cookies, no proxy from the environment, answers read to 64 KB at most.
/// Calls may overlap.
/// </summary>
internal sealed class HttpConnections : IDisposable
{
    private const int LargestAnswer = 64 * 1024;
    private const int Connections = 2;

    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _client;

    public HttpConnections(HttpClientSettings settings, DestinationContext its)
    {
        _time = its.Time;
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = Connections,
            MaxResponseDrainSize = LargestAnswer,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            ConnectCallback = new GuardedConnection(its, settings.MayBePlain).ConnectAsync,
            SslOptions = Tls.Options(settings.CaCertificate, settings.ClientCertificate, settings.ClientKey),
        });
    }

    /// <summary>Sends a request. When it throws, the request's body may still be read for a while.</summary>
    public async ValueTask<HttpAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var response = await _client.SendAsync(request, cancellation);
        var text = response.Content.Headers.ContentLength == 0 ? "" : await TextAsync(response, cancellation);
        return new HttpAnswer((int)response.StatusCode, text, RetryAfter.Of(response, _time.GetUtcNow()), request.Content?.Headers.ContentLength ?? 0);
    }

    public void Dispose() => _client.Dispose();

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
