using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
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
        var request = await ReceivedRequest.ReadAsync(context.Request);
        Reply reply;
        lock (_lock)
        {
            reply = Answer(request);
            _exchanges.Add((request, reply));
        }

        if (reply is { Hold: true, Cut: false }) await HoldAsync(context);
        if (reply.Status is not { } status)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        foreach (var (name, value) in reply.Headers ?? new Dictionary<string, string>()) context.Response.Headers[name] = value;
        if (reply.Cut) await CutAsync(context, reply);
        else await context.Response.WriteAsync(reply.Body);
    }

    private static async Task CutAsync(HttpContext context, Reply reply)
    {
        context.Response.ContentLength = Encoding.UTF8.GetByteCount(reply.Body) + 1;
        await context.Response.WriteAsync(reply.Body[..(reply.Body.Length / 2)]);
        await context.Response.Body.FlushAsync();
        if (reply.Hold) await HoldAsync(context);
        context.Abort();
    }

    private static Task HoldAsync(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
}
