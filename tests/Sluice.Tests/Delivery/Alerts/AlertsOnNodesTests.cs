using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sluice.Delivery.Alerts;
using Sluice.Testing;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Delivery.Alerts;

/// <summary>Two nodes that could tell, on one PostgreSQL.</summary>
public sealed class AlertsOnNodesTests
{
    private readonly ScriptedLedger _ledger = new(TimeProvider.System);
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task When_the_node_that_tells_loses_its_place_the_other_tells_what_nobody_took()
    {
        var database = await SharedPostgres.NewDatabaseAsync();
        await DeliveryNode.PrepareAsync(database);
        await using var a = await DeliveryNode.StartAsync(database, "a", _ledger, new ScriptedDestination());
        await using var b = await DeliveryNode.StartAsync(database, "b", _ledger, new ScriptedDestination());
        var (hanging, channel) = (new HangingChannel(), new ScriptedChannel());
        using var first = Watch(a, hanging);
        await first.StartAsync(default);
        await Eventually.TrueAsync(() => AlertsAreHeldAsync(b));
        using var second = Watch(b, channel);
        await second.StartAsync(default);
        var id = await a.CreateAsync();
        await SwitchAsync(b, id, false);
        await UntilAsync(() => hanging.IsAsked);
        Assert.Empty(channel.Taken);

        await DeliveryNode.KillSessionAsync(database, "a");
        await UntilAsync(() => channel.Taken.Count == 1);
        await SwitchAsync(b, id, true);
        _ledger.AppendMany(1);
        await SwitchAsync(b, id, false);
        await UntilAsync(() => channel.Taken.Count == 2);

        Assert.Equal(2, channel.Taken.Select(alert => (string)alert.Body["gap"]!["id"]!).Distinct().Count());
        await first.StopAsync(default);
        await second.StopAsync(default);
    }

    private AlertWatch Watch(DeliveryNode node, IAlertChannel channel) => new(
        node.Environment with { Time = _time }, new AlertStore(node.Configuration), channel, new AlertSettings("audit.example.com/main"), node.Logs.CreateLogger<AlertWatch>());

    private async Task<bool> AlertsAreHeldAsync(DeliveryNode other)
    {
        _time.Advance(TimeSpan.FromSeconds(5));
        if (await other.Node.TryTakeAsync("alerts", default) is not { } free) return true;
        await free.ReleaseAsync();
        return false;
    }

    private static async Task SwitchAsync(DeliveryNode node, string id, bool on) =>
        await node.Control.UpdateAsync(id, new JsonObject { ["enabled"] = on }, StreamHarness.Admin, default);

    private Task UntilAsync(Func<bool> condition) => Eventually.TrueAsync(condition, () => _time.Advance(TimeSpan.FromSeconds(1)));
}
