using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Durability;

/// <summary>The nodes that a writer knows, and the one that it speaks to.</summary>
internal sealed class Route(IReadOnlyList<SluiceClient> nodes, int first)
{
    private int _at = first % nodes.Count;

    public SluiceClient Now => nodes[_at];

    /// <summary>That one did not take it: tries another.</summary>
    public void Next() => _at = (_at + 1) % nodes.Count;
}
