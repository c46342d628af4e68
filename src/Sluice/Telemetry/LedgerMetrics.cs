using System.Diagnostics.Metrics;
using Sluice.Checkpoints;
using Sluice.Events;
using Sluice.Storage;

namespace Sluice.Telemetry;

/// <summary>How large the ledgers are, and how much of them is signed.</summary>
public sealed class LedgerMetrics : IDisposable
{
    private readonly Meter _meter = new("Sluice.Ledger");

    public LedgerMetrics(LedgerDirectory ledgers, Checkpointer checkpoints, TimeProvider time)
    {
        ILedgerStore[] all = [ledgers.Main, ledgers.Sluice];
        _meter.CreateObservableGauge("sluice.ledger.events", () => all.Select(ledger => Of(ledger.Name, ledger.Size)), "{event}", "Events that a ledger has had, dropped ones included.");
        _meter.CreateObservableGauge("sluice.checkpoint.unsigned", () => checkpoints.Signed().Select(signed => Of(signed.Ledger, signed.Unsigned)), "{event}", "Events that no checkpoint speaks of yet.");
        _meter.CreateObservableGauge("sluice.checkpoint.age", () => checkpoints.Signed().Select(signed => Of(signed.Ledger, Math.Max(0, Timestamp.Now(time) - signed.At) / 1e9)), "s", "Since the newest checkpoint was signed, or found at the start.");
    }

    public void Dispose() => _meter.Dispose();

    private static Measurement<double> Of(string ledger, double value) => new(value, new KeyValuePair<string, object?>("ledger", ledger));
}
