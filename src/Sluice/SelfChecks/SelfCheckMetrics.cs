using System.Diagnostics.Metrics;
using Sluice.Events;
using Sluice.Secrets;
using Sluice.Tenants;

namespace Sluice.SelfChecks;

/// <summary>What came of the last self-check. Every node tells it, whichever node made it.</summary>
public sealed class SelfCheckMetrics : IDisposable
{
    private readonly Meter _meter = new("Sluice.SelfCheck");

    public SelfCheckMetrics(SelfChecker checker, TimeProvider time)
    {
        _meter.CreateObservableGauge("sluice.self_check.failed", () => Failed(checker.Known?.Last), description: "1 when the last self-check found that this ledger is not as it was signed.");
        _meter.CreateObservableGauge("sluice.self_check.age", () => Age(checker.Known, Timestamp.Now(time)), "s", "Since the last self-check came to an end, or the instance first started.");
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<int>> Failed(SelfCheck? last) => new[] { LedgerIdentities.MainLedger, TenantNames.Sluice }.Select(ledger =>
        new Measurement<int>(last?.Ledgers.FirstOrDefault(one => one.Ledger == ledger)?.Fault is null ? 0 : 1, new KeyValuePair<string, object?>("ledger", ledger)));

    private static double Age(SelfCheckState? known, long now) => known is null ? 0 : Math.Max(0, now - (known.Last?.EndedAt ?? known.Since)) / 1e9;
}
