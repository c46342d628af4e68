using System.Collections.Immutable;

namespace Sluice.Nodes;

/// <summary>Who wants to hear notices.</summary>
internal sealed class NodeListeners
{
    private ImmutableList<Action<NodeNotice>> _listeners = [];

    public IDisposable Add(Action<NodeNotice> listener)
    {
        ImmutableInterlocked.Update(ref _listeners, all => all.Add(listener));
        return new Listening(() => ImmutableInterlocked.Update(ref _listeners, all => all.Remove(listener)));
    }

    public void Tell(NodeNotice notice)
    {
        foreach (var listener in _listeners) listener(notice);
    }

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
