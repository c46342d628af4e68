namespace Sluice.Nodes;

/// <summary>A process that serves this instance.</summary>
/// <param name="Id">New with every start.</param>
/// <param name="Name">For people; two nodes may have the same.</param>
/// <param name="Url">Where it listens.</param>
/// <param name="StartedAt">In nanoseconds since 1970, by the store's clock.</param>
/// <param name="LastSeenAt">The same.</param>
public sealed record NodeInfo(Guid Id, string Name, string Url, string Version, long StartedAt, long LastSeenAt)
{
    /// <summary>How the store names it where it says who runs a stream.</summary>
    public string Owner => Id.ToString();
}
