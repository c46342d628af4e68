using Microsoft.Extensions.Logging;
using Sluice.Delivery;
using Sluice.Streams;
using Sluice.Telemetry;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

public sealed class TotalsTests
{
    [Fact]
    public async Task What_was_delivered_refused_and_tried_again_is_counted_as_the_metrics_count_it()
    {
        using var collector = new MetricsCollector();
        var destination = new ScriptedDestination { Answer = _ => ScriptedDestination.Delivered with { SentBytes = 70 } };
        await using var streams = await StreamHarness.StartAsync(destination, events: 2);
        var id = await DeliverAndRefuseAsync(streams, destination);

        await StreamHarness.UntilNowAsync(() => Totals(streams, id).Refused == 1);

        var totals = Totals(streams, id);
        Assert.Equal((3, 1, 1), (totals.Delivered, totals.Refused, totals.Retries));
        Assert.InRange(totals.Bytes, 70, long.MaxValue);
        foreach (var (name, value) in new[] { ("delivered", totals.Delivered), ("refused", totals.Refused), ("retries", totals.Retries), ("bytes", totals.Bytes) })
        {
            Assert.Contains($"sluice_delivery_{name}_total{{destination=\"{id}\"}} {value}\n", collector.Text(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task They_are_kept_over_a_restart_and_grow_on()
    {
        var destination = new ScriptedDestination();
        await using var streams = await StreamHarness.StartAsync(destination);
        var id = (await streams.CreateAsync("""{"provider":"scripted"}""")).Definition.Id;
        streams.Ledger.AppendMany(2);
        await streams.UntilCursorAsync(id, 1);
        await KeepAsync(streams);
        await KeepAsync(streams);

        Assert.Equal(2, (await streams.Store.CountsAsync(id)).Totals.Delivered);
        await streams.RestartAsync();
        streams.Ledger.AppendMany(3);
        await streams.UntilCursorAsync(id, 4);

        Assert.Equal(5, Totals(streams, id).Delivered);
        await KeepAsync(streams);
        Assert.Equal(5, (await streams.Store.CountsAsync(id)).Totals.Delivered);
        Assert.Equal(5, Totals(streams, id).Delivered);
    }

    [Fact]
    public async Task They_are_stored_while_streams_run()
    {
        await using var streams = await StreamHarness.StartAsync(new ScriptedDestination());
        using var keeping = Keeping(streams);
        await keeping.StartAsync(default);
        var id = (await streams.CreateAsync("""{"provider":"scripted"}""")).Definition.Id;
        streams.Ledger.AppendMany(2);

        await streams.UntilAsync(() => streams.Store.CountsAsync(id).AsTask().GetAwaiter().GetResult().Totals.Delivered == 2);
        await keeping.StopAsync(default);
    }

    private static async Task<string> DeliverAndRefuseAsync(StreamHarness streams, ScriptedDestination destination)
    {
        var id = (await streams.CreateAsync("""{"provider":"scripted"}""")).Definition.Id;
        streams.Ledger.AppendMany(2);
        await streams.UntilCursorAsync(id, 1);
        destination.Answer = _ => ScriptedDestination.Outage;
        streams.Ledger.AppendMany(1);
        await StreamHarness.UntilNowAsync(() => Totals(streams, id).Retries == 1);
        destination.Answer = _ => ScriptedDestination.Delivered;
        await streams.UntilCursorAsync(id, 2);
        destination.Answer = _ => ScriptedDestination.Refused;
        streams.Ledger.AppendMany(1);
        await streams.UntilCursorAsync(id, 3);
        return id;
    }

    private static StreamTotals Totals(StreamHarness streams, string id) => streams.GetAsync(id).GetAwaiter().GetResult().Totals;

    /// <summary>As at the end of a process.</summary>
    private static async Task KeepAsync(StreamHarness streams)
    {
        using var keeping = Keeping(streams);
        await keeping.StopAsync(default);
    }

    private static TotalsKeeping Keeping(StreamHarness streams) => new(streams.Environment, streams.Logs.CreateLogger<TotalsKeeping>());
}
