namespace Sluice.Nodes;

/// <summary>What nodes tell each other.</summary>
/// <param name="From">The node that tells; null when it may be any.</param>
/// <param name="Wanted">The stream that it asks the owner to give back; null: streams or nodes came, went or changed, look again.</param>
public sealed record NodeNotice(Guid? From, string? Wanted)
{
    public static NodeNotice LookAgain { get; } = new(null, null);
}
