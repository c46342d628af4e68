namespace Sluice.Delivery.Replays;

/// <summary>What of a batch is still to be sent, the earliest events first. A refused part gives way to its halves, until single events remain.</summary>
internal sealed class BatchParts
{
    private readonly Stack<BatchPart> _parts = new();

    public BatchParts(int count) => _parts.Push(new BatchPart(0, count, 0));

    /// <summary>Takes out what to send now; null when nothing is left.</summary>
    public BatchPart? Next() => _parts.TryPop(out var part) ? part with { Attempts = part.Attempts + 1 } : null;

    /// <summary>It is to be sent once more.</summary>
    public void PutBack(BatchPart part) => _parts.Push(part);

    public void PutBackInHalves(BatchPart part)
    {
        var half = part.Count / 2;
        _parts.Push(part with { Start = part.Start + half, Count = part.Count - half });
        _parts.Push(part with { Count = half });
    }
}

/// <param name="Attempts">How often its events were sent.</param>
internal sealed record BatchPart(int Start, int Count, int Attempts);
