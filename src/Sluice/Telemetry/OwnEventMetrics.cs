using System.Diagnostics.Metrics;
using Sluice.SelfAudit;

namespace Sluice.Telemetry;

/// <summary>How the ledger keeps up with what Sluice tells of itself.</summary>
public sealed class OwnEventMetrics : IDisposable
{
    private readonly Meter _meter = new("Sluice.SelfAudit");

    public OwnEventMetrics(OwnLedger ledger)
    {
        _meter.CreateObservableCounter("sluice.own_events.lost", () => ledger.LostEver, "{event}", "Events about Sluice itself that found no room while its ledger was behind.");
        _meter.CreateObservableGauge("sluice.own_events.waiting", () => ledger.Waiting, "{event}", "Events about Sluice itself that wait for its ledger.");
    }

    public void Dispose() => _meter.Dispose();
}
