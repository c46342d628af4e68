using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.Emulators;

namespace Sluice.EndToEnd.Durability.Receivers;

/// <summary>
/// A receiver as the world has them: it answers, sometimes with 503, late, or not at all, and some answers are lost. It remembers what arrived, in what
/// order, and what it confirmed.
/// </summary>
internal sealed class Receiver : IAsyncDisposable
{
    private const int LatestAnswer = 700;

    private readonly WebApplication _app;
    private readonly Backend _backend;
    private readonly Random _random;
    private CancellationTokenSource _moods = new();
    private int _connections;

    private Receiver(Backend backend, int seed)
    {
        (_backend, _random) = (backend, new Random(seed));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Use(CountAsync)));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public Backend Backend => _backend;

    public DeliveryRecord Record => _backend.Record;

    public static async Task<Receiver> StartAsync(Backend backend, int seed)
    {
        var receiver = new Receiver(backend, seed);
        await receiver._app.StartAsync();
        return receiver;
    }

    public void BecomeMoody()
    {
        _moods = new CancellationTokenSource();
        _backend.IsMoody = true;
    }

    /// <summary>From now on it answers all; what it left without an answer it hangs up on.</summary>
    public void CalmDown()
    {
        _backend.IsMoody = false;
        _moods.Cancel();
    }

    /// <summary>Ends when everything that a killed sender had on its way was taken in.</summary>
    public async Task UntilQuietAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Volatile.Read(ref _connections) > 0) await Task.Delay(5, limit.Token);
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
        var mood = Choose();
        if (mood != Mood.HangsUpAtOnce && await AnswerAsync(context, mood) is { Status: { } status } reply)
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(reply.Body);
        }
        else
        {
            context.Abort();
        }
    }

    private async Task<Reply> AnswerAsync(HttpContext context, Mood mood)
    {
        var request = await ReceivedRequest.ReadAsync(context.Request);
        var sequences = Arrived(request, mood);
        if (mood == Mood.Refuses) return new Reply(503);
        if (mood == Mood.HangsUp) return Reply.Reset;
        if (mood == Mood.NeverAnswers) return await NeverAsync(context);
        if (mood == Mood.AnswersLate) await WaitAsync(Next(LatestAnswer), context.RequestAborted);
        var reply = Take(request, sequences);
        return mood == Mood.LosesItsAnswer ? Reply.Reset : reply;
    }

    private IReadOnlyList<long> Arrived(ReceivedRequest request, Mood mood)
    {
        lock (_backend)
        {
            var sequences = _backend.SequencesOf(request);
            Record.Arrived(sequences, mayRepeat: mood is not (Mood.Answers or Mood.AnswersLate));
            return sequences;
        }
    }

    private Reply Take(ReceivedRequest request, IReadOnlyList<long> sequences)
    {
        lock (_backend) return _backend.Take(request, sequences);
    }

    private async Task<Reply> NeverAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _moods.Token);
        await WaitAsync(Timeout.Infinite, either.Token);
        return Reply.Reset;
    }

    private static Task WaitAsync(int milliseconds, CancellationToken end) => Task.Delay(milliseconds, end).ContinueWith(_ => { }, TaskScheduler.Default);

    private Mood Choose()
    {
        if (!_backend.IsMoody || Next(100) >= _backend.Badness) return Mood.Answers;
        return (Mood)(1 + Next(6));
    }

    private int Next(int below)
    {
        lock (_random) return _random.Next(below);
    }
}
