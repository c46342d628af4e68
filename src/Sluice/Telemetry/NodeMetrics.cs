using System.Diagnostics.Metrics;

namespace Sluice.Telemetry;

/// <summary>What this node counts of its part among the nodes.</summary>
public sealed class NodeMetrics : IDisposable
{
    public const string MeterName = "Sluice.Nodes";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _lost;
    private readonly Counter<long> _takeovers;

    public NodeMetrics()
    {
        _lost = _meter.CreateCounter<long>("sluice.node.sessions_lost", "{session}", "Times this node lost its session with the database, and all streams with it.");
        _takeovers = _meter.CreateCounter<long>("sluice.node.takeovers", "{stream}", "Streams that this node took over from another one.");
    }

    /// <summary>Has the streams that run on this node counted whenever someone collects.</summary>
    public void ObserveStreams(Func<long> running) =>
        _meter.CreateObservableGauge("sluice.node.streams", running, "{stream}", "Streams that run on this node.");

    public void SessionLost() => _lost.Add(1);

    public void TookOver() => _takeovers.Add(1);

    public void Dispose() => _meter.Dispose();
}
