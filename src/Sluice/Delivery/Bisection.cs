namespace Sluice.Delivery;

/// <summary>
/// The parts into which a batch falls while its refused events are searched: each refused part gives way to its halves, the earlier half first,
/// so that everything leaves in order.
/// </summary>
internal sealed class Bisection
{
    private readonly Stack<BatchPart> _parts = new();

    public Bisection(int count) => _parts.Push(new BatchPart(0, count, 0));

    public bool IsDone => _parts.Count == 0;

    /// <summary>What to send now. Each look counts as one attempt.</summary>
    public BatchPart Attempt()
    {
        var part = _parts.Pop();
        part = part with { Attempts = part.Attempts + 1 };
        _parts.Push(part);
        return part;
    }

    /// <summary>The current part is settled.</summary>
    public void Next() => _parts.Pop();

    public void Split()
    {
        var part = _parts.Pop();
        var half = part.Count / 2;
        _parts.Push(part with { Start = part.Start + half, Count = part.Count - half });
        _parts.Push(part with { Count = half });
    }
}

/// <param name="Attempts">How often its events were sent.</param>
internal readonly record struct BatchPart(int Start, int Count, int Attempts);
