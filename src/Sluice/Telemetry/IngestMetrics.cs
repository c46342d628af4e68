using System.Diagnostics.Metrics;
using Sluice.Events;
using Sluice.Ingest;

namespace Sluice.Telemetry;

/// <summary>What comes in, and how long senders wait for the disk.</summary>
public sealed class IngestMetrics : IDisposable
{
    private static readonly KeyValuePair<string, object?> Stored = new("verdict", "stored"), Duplicate = new("verdict", "duplicate"), Refused = new("verdict", "refused");

    private readonly Meter _meter = new("Sluice.Ingest");
    private readonly Counter<long> _events;
    private readonly Histogram<double> _append;

    public IngestMetrics(IngestQueue queue, IngestSettings settings)
    {
        _events = _meter.CreateCounter<long>("sluice.ingest.events", "{event}", "Events that were sent here, by what became of them.");
        _append = _meter.CreateHistogram<double>("sluice.ingest.append", "s", "From a request's last byte read to its events on the disk.");
        _meter.CreateObservableGauge("sluice.ingest.queue", () => queue.WaitingBytes, "By", "Accepted events that wait for the disk.");
        _meter.CreateObservableGauge("sluice.ingest.queue.limit", () => settings.MaxQueuedBytes, "By", "How much may wait before senders are answered 429.");
    }

    /// <summary>Counts a request whose events are on the disk.</summary>
    public void Appended(ParsedRequest request, TimeSpan took)
    {
        var (stored, duplicates, refused) = (0, 0, request.Rejected.Count);
        foreach (ref var accepted in request.Accepted.Events)
        {
            if (accepted.Verdict == AppendVerdict.Stored) stored++;
            else if (accepted.Verdict == AppendVerdict.Duplicate) duplicates++;
            else refused++;
        }

        Add(stored, Stored);
        Add(duplicates, Duplicate);
        Add(refused, Refused);
        _append.Record(took.TotalSeconds);
    }

    public void Dispose() => _meter.Dispose();

    private void Add(int events, in KeyValuePair<string, object?> verdict)
    {
        if (events > 0) _events.Add(events, verdict);
    }
}
