namespace Sluice.Delivery;

/// <summary>The memory of one stream: so many batches and no more. What is free keeps its size until the stream rests.</summary>
internal sealed class EventBuffers(int most) : IDisposable
{
    private readonly Stack<SpelledEvents> _free = new(Enumerable.Range(0, most).Select(_ => new SpelledEvents()));

    public bool HasFree => _free.Count > 0;

    /// <returns>Null when all are in use.</returns>
    public SharedEvents? TryRent()
    {
        if (!_free.TryPop(out var events)) return null;
        events.Clear();
        return new SharedEvents(events, _free.Push);
    }

    /// <summary>Returns the memory of those that are free; it grows again when they are used.</summary>
    public void Rest()
    {
        foreach (var events in _free) events.Dispose();
    }

    public void Dispose() => Rest();
}

/// <summary>A batch's events, which its parts share: they are free when the last part has let go of them.</summary>
internal sealed class SharedEvents(SpelledEvents events, Action<SpelledEvents> free)
{
    private int _users = 1;

    public SpelledEvents Events => events;

    public SharedEvents Share()
    {
        _users++;
        return this;
    }

    public void Release()
    {
        if (--_users == 0) free(events);
    }
}
