namespace Sluice.Nodes;

/// <summary>What nodes tell each other.</summary>
/// <param name="Wanted">The stream that a node asks its owner to give back; null: streams or nodes came, went or changed, look again.</param>
public sealed record NodeNotice(string? Wanted)
{
    public static NodeNotice LookAgain { get; } = new((string?)null);

    public static NodeNotice Want(string stream) => new(stream);
}
