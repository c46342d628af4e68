using System.Collections.Concurrent;

namespace Sluice.EndToEnd.Durability;

/// <summary>The ids of all events that the server answered for with a 2xx, in the order of the answers.</summary>
internal sealed class Acknowledged
{
    private readonly ConcurrentQueue<string> _waiting = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            _waiting.Enqueue(id);
            Interlocked.Increment(ref _count);
        }
    }

    /// <summary>Everything that <see cref="TakeNew"/> has not taken.</summary>
    public IReadOnlyCollection<string> All => _waiting;

    /// <summary>What was acknowledged since the last call.</summary>
    public IReadOnlyList<string> TakeNew()
    {
        var taken = new List<string>();
        while (_waiting.TryDequeue(out var id)) taken.Add(id);
        return taken;
    }
}
