using Microsoft.Extensions.Logging;
using Sluice.Delivery;
using Sluice.Delivery.Alerts;
using Sluice.Storage;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery.Alerts;

/// <summary>Streams with one destination and somebody who is told of its troubles.</summary>
internal sealed class WatchedStreams : IAsyncDisposable
{
    private AlertWatch? _watch;

    private WatchedStreams(StreamHarness streams, ScriptedDestination destination) => (Streams, Destination, LedgerOf) = (streams, destination, _ => streams.Ledger);

    public StreamHarness Streams { get; }

    public ScriptedDestination Destination { get; }

    public ScriptedChannel Channel { get; } = new();

    /// <summary>What whoever watches looks into.</summary>
    public Func<string?, ILedgerReader> LedgerOf { get; set; }

    public string Id { get; private set; } = "";

    public static async Task<WatchedStreams> StartAsync(DeliverySettings? settings = null, IAlertChannel? channel = null)
    {
        var destination = new ScriptedDestination();
        var streams = await StreamHarness.StartAsync([destination.Kind()], settings ?? new DeliverySettings { AllowPrivateEndpoints = true });
        var its = new WatchedStreams(streams, destination);
        its.Id = (await streams.CreateAsync("""{"name":"SOC","provider":"scripted","start_from":"beginning"}""")).Definition.Id;
        await its.WatchAsync(channel);
        return its;
    }

    public AlertWatch Watch(IAlertChannel channel) => new(
        Streams.Environment with { LedgerOf = tenant => LedgerOf(tenant) }, new AlertStore(Streams.Database), channel, new AlertSettings("audit.example.com/main"), Streams.Logs.CreateLogger<AlertWatch>());

    public async Task WatchAsync(IAlertChannel? channel = null)
    {
        _watch = Watch(channel ?? Channel);
        await _watch.StartAsync(default);
    }

    public async Task StopWatchingAsync()
    {
        if (_watch is null) return;
        await _watch.StopAsync(default);
        _watch.Dispose();
        _watch = null;
    }

    public async Task RestartAsync()
    {
        await StopWatchingAsync();
        await Streams.RestartAsync();
        await WatchAsync();
    }

    /// <summary>Lets it look a few times.</summary>
    public async Task LookAsync()
    {
        var end = Streams.Time.GetUtcNow() + TimeSpan.FromSeconds(30);
        await Streams.UntilAsync(() => Streams.Time.GetUtcNow() >= end);
    }

    public Task UntilToldAsync(params string[] types) => Streams.UntilAsync(() => Channel.Types.SequenceEqual(types));

    public async ValueTask DisposeAsync()
    {
        await StopWatchingAsync();
        await Streams.DisposeAsync();
    }
}
