using Sluice.Delivery;
using Sluice.Delivery.Replays;
using Sluice.Streams;
using Sluice.Telemetry;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery;

/// <summary>What alerts see of a stream.</summary>
public sealed class StreamMetricsTests
{
    [Fact]
    public async Task An_outage_shows_as_status_and_age_and_giving_up_as_a_gap()
    {
        using var collector = new MetricsCollector();
        var destination = new ScriptedDestination { Answer = _ => ScriptedDestination.Outage };
        await using var streams = await StreamHarness.StartAsync([destination.Kind()], new DeliverySettings { AllowPrivateEndpoints = true, GiveUpAfter = TimeSpan.FromHours(1) });
        streams.Ledger.AppendMany(3);
        var id = (await streams.CreateAsync("""{"name":"SOC","provider":"scripted","start_from":"beginning"}""")).Definition.Id;
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).State.Status == StreamStatus.Degraded);

        Assert.Equal(1, Value(collector, "sluice_delivery_status", $"destination=\"{id}\",name=\"SOC\",provider=\"scripted\",status=\"degraded\""));
        Assert.Equal(3, Value(collector, "sluice_delivery_lag", $"destination=\"{id}\""));
        Assert.Equal(0, Value(collector, "sluice_delivery_gaps_total", $"destination=\"{id}\",reason=\"exhausted\""));

        await streams.UntilAsync(() => streams.Stand(id).State.Status == StreamStatus.Failed);
        await StreamHarness.UntilNowAsync(() => Value(collector, "sluice_delivery_gaps_total", $"destination=\"{id}\",reason=\"exhausted\"") == 1);

        Assert.Equal(1, Value(collector, "sluice_delivery_status", $"destination=\"{id}\",name=\"SOC\",provider=\"scripted\",status=\"failed\""));
        Assert.Null(Value(collector, "sluice_delivery_status", $"destination=\"{id}\",name=\"SOC\",provider=\"scripted\",status=\"degraded\""));
        Assert.InRange(Value(collector, "sluice_delivery_lag_seconds", $"destination=\"{id}\"")!.Value, 3_599, 3_700);
        var oldest = Value(collector, "sluice_delivery_oldest_timestamp_seconds", $"destination=\"{id}\"")!.Value;
        Assert.Equal((await streams.GetAsync(id)).Lag.OldestPendingAt!.Value / 1e9, oldest, 0.001);
    }

    [Fact]
    public async Task What_was_delivered_no_longer_lags()
    {
        using var collector = new MetricsCollector();
        var destination = new ScriptedDestination();
        await using var streams = await StreamHarness.StartAsync(destination);
        streams.Ledger.AppendMany(3);
        var id = (await streams.CreateAsync("""{"name":"SOC","provider":"scripted","start_from":"beginning"}""")).Definition.Id;
        await streams.UntilCursorAsync(id, 2);

        Assert.Equal(0, Value(collector, "sluice_delivery_lag", $"destination=\"{id}\""));
        Assert.Equal(0, Value(collector, "sluice_delivery_lag_seconds", $"destination=\"{id}\""));
        Assert.Equal(0, Value(collector, "sluice_delivery_oldest_timestamp_seconds", $"destination=\"{id}\""));
        Assert.Equal(0, Value(collector, "sluice_delivery_refused_total", $"destination=\"{id}\""));
    }

    [Fact]
    public async Task A_destination_that_is_deleted_leaves_no_series_behind()
    {
        using var collector = new MetricsCollector();
        await using var streams = await StreamHarness.StartAsync(new ScriptedDestination());
        var id = (await streams.CreateAsync("""{"provider":"scripted"}""")).Definition.Id;
        var kept = (await streams.CreateAsync("""{"provider":"scripted"}""")).Definition.Id;
        Assert.Contains(id, collector.Text(), StringComparison.Ordinal);

        await streams.Control.DeleteAsync(id, StreamHarness.Admin, default);
        await streams.UntilAsync(() => !collector.Text().Contains(id, StringComparison.Ordinal));

        Assert.Equal(0, Value(collector, "sluice_delivery_delivered_total", $"destination=\"{kept}\""));
    }

    [Fact]
    public async Task Replays_show_while_they_run()
    {
        using var collector = new MetricsCollector();
        var destination = new ScriptedDestination();
        await using var streams = await StreamHarness.StartAsync(destination);
        streams.Ledger.AppendMany(3);
        var id = (await streams.CreateAsync("""{"name":"SOC","provider":"scripted"}""")).Definition.Id;
        destination.Answer = _ => ScriptedDestination.Outage;
        var replay = (await streams.Replays.StartAsync(id, new ReplayRequest(new ReplayBound(0, null), null, null, null), StreamHarness.Admin, default))!;

        await StreamHarness.UntilNowAsync(() => Value(collector, "sluice_delivery_replays", $"destination=\"{id}\"") == 1);
        await streams.Replays.StopAsync(id, replay.Order.Id, StreamHarness.Admin, default);

        Assert.Null(Value(collector, "sluice_delivery_replays", $"destination=\"{id}\""));
    }

    [Fact]
    public async Task Latency_runs_from_the_commit_of_a_batchs_oldest_event_to_its_confirmation()
    {
        using var collector = new MetricsCollector();
        var destination = new ScriptedDestination();
        var kind = DestinationKind.For<ScriptedSettings>("measured", new BatchLimits(100, 1_000_000), (_, _) => destination);
        await using var streams = await StreamHarness.StartAsync([kind]);
        streams.Ledger.AppendMany(1);
        streams.Time.Advance(TimeSpan.FromSeconds(7));
        streams.Ledger.AppendMany(2);
        var id = (await streams.CreateAsync("""{"name":"SOC","provider":"measured","start_from":"beginning"}""")).Definition.Id;
        await StreamHarness.UntilNowAsync(() => streams.Stand(id).Cursor == 2);

        Assert.Equal(1, Value(collector, "sluice_delivery_latency_seconds_count", "provider=\"measured\""));
        Assert.Equal(7, Value(collector, "sluice_delivery_latency_seconds_sum", "provider=\"measured\""));
        Assert.Equal(0, Value(collector, "sluice_delivery_latency_seconds_bucket", "provider=\"measured\",le=\"5\""));
        Assert.Equal(1, Value(collector, "sluice_delivery_latency_seconds_bucket", "provider=\"measured\",le=\"10\""));
    }

    private static double? Value(MetricsCollector collector, string name, string labels)
    {
        var line = collector.Text().Split('\n').SingleOrDefault(line => line.StartsWith($"{name}{{{labels}}} ", StringComparison.Ordinal));
        return line is null ? null : double.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
