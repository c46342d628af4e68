using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sluice.EndToEnd.Durability;

/// <summary>
/// A webhook receiver as the world has them: it answers, sometimes with 503, late, or not at all. It remembers what arrived, in what
/// order, and what it confirmed.
/// </summary>
internal sealed class Receiver : IAsyncDisposable
{
    public const string Secret = "the-receivers-secret";

    private readonly WebApplication _app;
    private readonly DeliveryRecord _record = new();
    private readonly Random _random;
    private int _connections;

    private Receiver(int seed)
    {
        _random = new Random(seed);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Use(CountAsync)));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public DeliveryRecord Record => _record;

    /// <summary>How many of 100 requests it treats badly.</summary>
    public int Badness { get; set; }

    public static async Task<Receiver> StartAsync(int seed)
    {
        var receiver = new Receiver(seed);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Ends when everything that a killed sender had on its way was taken in.</summary>
    public async Task UntilQuietAsync()
    {
        while (Volatile.Read(ref _connections) > 0) await Task.Delay(5);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task CountAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        Interlocked.Increment(ref _connections);
        try
        {
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        var manner = Choose();
        if (manner == Manner.HangsUpAtOnce)
        {
            context.Abort();
            return;
        }

        var sequences = await ReadAsync(context);
        _record.Arrived(sequences, mayRepeat: manner is not (Manner.Answers or Manner.AnswersLate));
        switch (manner)
        {
            case Manner.Refuses:
                context.Response.StatusCode = 503;
                return;
            case Manner.HangsUp:
                context.Abort();
                return;
            case Manner.NeverAnswers:
                await WaitAsync(context, Timeout.InfiniteTimeSpan);
                return;
            case Manner.AnswersLate:
                await WaitAsync(context, TimeSpan.FromMilliseconds(Next(700)));
                break;
        }

        _record.Confirm(sequences);
    }

    private static Task WaitAsync(HttpContext context, TimeSpan time) =>
        Task.Delay(time, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    private async Task<IReadOnlyList<long>> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var signature = $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body.ToArray()))}";
        if (context.Request.Headers["X-Sluice-Signature"] != signature) _record.Fault("A request's signature was wrong.");
        return [.. JsonNode.Parse(body.ToArray())!.AsArray().Select(one => (long)one!["sequence"]!)];
    }

    private Manner Choose()
    {
        if (Next(100) >= Badness) return Manner.Answers;
        return (Manner)(1 + Next(5));
    }

    private int Next(int below)
    {
        lock (_random) return _random.Next(below);
    }

    private enum Manner
    {
        Answers,
        Refuses,
        AnswersLate,
        NeverAnswers,
        HangsUp,
        HangsUpAtOnce,
    }
}
