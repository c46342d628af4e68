using System.IO.Compression;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Sluice.Emulators;

/// <summary>A real HTTP server on loopback that answers as its test says and keeps every request.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<(ReceivedRequest Request, Reply Reply)> _exchanges = [];
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    public Func<ReceivedRequest, Reply> Answer { get; set; } = _ => new Reply(200);

    public Uri Address => new(_app.Urls.First());

    public IReadOnlyList<ReceivedRequest> Requests => [.. Exchanges.Select(exchange => exchange.Request)];

    /// <summary>The requests that it answered well.</summary>
    public IReadOnlyList<ReceivedRequest> Accepted => [.. Exchanges.Where(exchange => exchange.Reply.IsSuccess).Select(exchange => exchange.Request)];

    /// <summary>Every request with what became of it.</summary>
    public IReadOnlyList<(ReceivedRequest Request, Reply Reply)> Exchanges
    {
        get
        {
            lock (_lock) return [.. _exchanges];
        }
    }

    /// <param name="certificate">With one, it speaks TLS.</param>
    /// <param name="client">The certificate that clients must show.</param>
    public static async Task<Receiver> StartAsync(X509Certificate2? certificate = null, X509Certificate2? client = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (certificate is null) builder.WebHost.UseUrls("http://127.0.0.1:0");
        else builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0, its => its.UseHttps(Secured(certificate, client))));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(receiver.ServeAsync);
        await app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static HttpsConnectionAdapterOptions Secured(X509Certificate2 certificate, X509Certificate2? client) => new()
    {
        ServerCertificate = certificate,
        ClientCertificateMode = client is null ? ClientCertificateMode.NoCertificate : ClientCertificateMode.RequireCertificate,
        ClientCertificateValidation = (shown, _, _) => shown.Thumbprint == client?.Thumbprint,
    };

    private async Task ServeAsync(HttpContext context)
    {
        var request = await ReadAsync(context.Request);
        Reply reply;
        lock (_lock)
        {
            reply = Answer(request);
            _exchanges.Add((request, reply));
        }

        if (reply.Hold) await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (reply.Status is not { } status)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        foreach (var (name, value) in reply.Headers ?? new Dictionary<string, string>()) context.Response.Headers[name] = value;
        if (reply.Cut) await CutAsync(context, reply.Body);
        else await context.Response.WriteAsync(reply.Body);
    }

    private static async Task CutAsync(HttpContext context, string body)
    {
        context.Response.ContentLength = Encoding.UTF8.GetByteCount(body) + 1;
        await context.Response.WriteAsync(body[..(body.Length / 2)]);
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static async Task<ReceivedRequest> ReadAsync(HttpRequest request)
    {
        using var raw = new MemoryStream();
        await request.Body.CopyToAsync(raw);
        var body = raw.ToArray();
        if (request.Headers.ContentEncoding == "gzip")
        {
            using var plain = new MemoryStream();
            using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
            await gzip.CopyToAsync(plain);
            body = plain.ToArray();
        }

        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new ReceivedRequest(request.Method, target, headers, raw.ToArray(), body);
    }
}
