using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>One destination's sendings that are not stored yet; of more than a hundred the last hundred.</summary>
/// <param name="stored">The number of the last one that is.</param>
internal sealed class Attempts(long stored)
{
    private readonly Lock _lock = new();
    private readonly Queue<Attempt> _waiting = new();
    private long _last = stored;

    /// <summary>Gives it its number.</summary>
    public void Add(Attempt attempt)
    {
        lock (_lock)
        {
            if (_waiting.Count == Attempt.Kept) _waiting.Dequeue();
            _waiting.Enqueue(attempt with { Number = ++_last });
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Attempt> Waiting()
    {
        lock (_lock) return _waiting.Count == 0 ? [] : [.. _waiting];
    }

    public void AreStored(IReadOnlyList<Attempt> attempts)
    {
        if (attempts.Count == 0) return;
        lock (_lock)
        {
            while (_waiting.TryPeek(out var first) && first.Number <= attempts[^1].Number) _waiting.Dequeue();
        }
    }
}
