using System.Collections.Concurrent;
using Sluice.Streams;

namespace Sluice.Telemetry;

/// <summary>What this process counted of each destination, and how much of that is stored.</summary>
internal sealed class DeliveryCounts
{
    private readonly ConcurrentDictionary<string, Counted> _counted = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Destinations => (IReadOnlyCollection<string>)_counted.Keys;

    /// <summary>Since this process started.</summary>
    public IEnumerable<(string Destination, StreamTotals Totals)> All => _counted.Select(its => (its.Key, its.Value.All));

    /// <summary>What is to be added to the stored totals, of those that have something.</summary>
    public IReadOnlyList<(string Destination, StreamTotals Totals)> Waiting =>
        [.. _counted.Select(its => (its.Key, its.Value.Waiting)).Where(its => its.Waiting != default)];

    public StreamTotals WaitingOf(string destination) => _counted.TryGetValue(destination, out var its) ? its.Waiting : default;

    public void Add(string destination, StreamTotals more) => _counted.AddOrUpdate(
        destination, static (_, first) => new Counted(first, default), static (_, its, next) => its with { All = its.All + next }, more);

    /// <summary>Of a destination that was forgotten meanwhile nothing is left to be stored.</summary>
    public void AreStored(string destination, StreamTotals totals)
    {
        while (_counted.TryGetValue(destination, out var its))
        {
            if (_counted.TryUpdate(destination, its with { Stored = its.Stored + totals }, its)) return;
        }
    }

    public void Forget(string destination) => _counted.TryRemove(destination, out _);

    private readonly record struct Counted(StreamTotals All, StreamTotals Stored)
    {
        public StreamTotals Waiting => All - Stored;
    }
}
