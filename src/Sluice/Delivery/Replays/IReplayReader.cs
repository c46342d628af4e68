namespace Sluice.Delivery.Replays;

/// <summary>Fills a replay's batches.</summary>
internal interface IReplayReader : IDisposable
{
    /// <summary>
    /// Reads events from this sequence up to, not including, <paramref name="end"/>, and says in <see cref="SpelledEvents.Through"/> how far it looked.
    /// The batch may be empty.
    /// </summary>
    ValueTask ReadAsync(SpelledEvents batch, long from, long end, CancellationToken cancellation);
}

/// <summary>The events of a range that pass the filter.</summary>
internal sealed class RangeReader(BatchReader reader) : IReplayReader
{
    public ValueTask ReadAsync(SpelledEvents batch, long from, long end, CancellationToken cancellation)
    {
        batch.Clear();
        batch.Through = from - 1;
        return reader.ReadMoreAsync(batch, end, cancellation);
    }

    public void Dispose() => reader.Dispose();
}
