namespace Sluice.Nodes;

/// <summary>Something that this node has alone.</summary>
/// <param name="lost">Fires before any other node can have it, unless this node hangs; whoever writes needs a fence of the store's for that.</param>
public sealed class NodeHold(string key, CancellationToken lost, Func<ValueTask> release)
{
    public string Key => key;

    public CancellationToken Lost => lost;

    /// <summary>Gives it back: others can take it when this returns. Never fails; what cannot be given back was lost.</summary>
    public ValueTask ReleaseAsync() => release();
}
