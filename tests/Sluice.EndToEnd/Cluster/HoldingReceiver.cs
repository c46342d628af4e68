using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sluice.EndToEnd.Cluster;

/// <summary>A webhook receiver that can hold its answers back until it is told to give them.</summary>
internal sealed class HoldingReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<long> _arrived = new();
    private volatile TaskCompletionSource _answer = Given();

    private HoldingReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Sequences in the order in which they arrived, repetitions included.</summary>
    public IReadOnlyList<long> Arrived => [.. _arrived];

    public static async Task<HoldingReceiver> StartAsync()
    {
        var receiver = new HoldingReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Requests that come from now on wait for their answer.</summary>
    public void Hold() => _answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers what waits, and whatever comes, with 200.</summary>
    public void Answer()
    {
        var held = _answer;
        _answer = Given();
        held.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        Answer();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var answer = _answer;
        var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        foreach (var one in body!.AsArray()) _arrived.Enqueue((long)one!["sequence"]!);
        await answer.Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static TaskCompletionSource Given()
    {
        var given = new TaskCompletionSource();
        given.SetResult();
        return given;
    }
}
