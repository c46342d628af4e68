using System.Collections.Concurrent;

namespace Sluice.Nodes;

/// <summary>The one node of an instance whose store is a folder: always alive, has whatever it takes, loses nothing.</summary>
public sealed class SoleNode(NodeInfo self, TimeProvider time) : INode
{
    private readonly ConcurrentDictionary<string, bool> _held = new(StringComparer.Ordinal);
    private readonly NodeListeners _listeners = new();

    public NodeInfo Self => self with { LastSeenAt = Events.Timestamp.Now(time) };

    public bool IsOneOfMany => false;

    public ValueTask<IReadOnlyList<NodeInfo>> AliveAsync(CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<NodeInfo>>([Self]);

    public ValueTask<NodeHold?> TryTakeAsync(string key, CancellationToken cancellation) =>
        ValueTask.FromResult(_held.TryAdd(key, true) ? new NodeHold(key, CancellationToken.None, () => Release(key)) : null);

    public ValueTask TellToLookAsync()
    {
        _listeners.Tell(NodeNotice.LookAgain);
        return ValueTask.CompletedTask;
    }

    public ValueTask AskForAsync(string stream) => ValueTask.CompletedTask;

    public ValueTask RetireAsync() => ValueTask.CompletedTask;

    public IDisposable Listen(Action<NodeNotice> listener) => _listeners.Add(listener);

    private ValueTask Release(string key)
    {
        _held.TryRemove(key, out _);
        return ValueTask.CompletedTask;
    }
}
