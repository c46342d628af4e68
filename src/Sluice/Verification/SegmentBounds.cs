using System.Buffers.Binary;

namespace Sluice.Verification;

/// <summary>What a segment says of itself, at one moment.</summary>
/// <param name="Least">Its least sequence; null without events.</param>
/// <param name="Greatest">Its greatest sequence; null without events.</param>
/// <param name="Nodes">How many inner nodes it keeps; null when they cannot be counted.</param>
internal sealed record SegmentBounds(TreePlace Start, TreePlace End, long? Least, long? Greatest, long? Nodes);

/// <summary>A stored state of the tree: the row's columns, not parsed.</summary>
internal sealed record TreePlace(long Size, long PersistedAt, byte[] State)
{
    /// <summary>Whether the row's number and the state's own agree.</summary>
    public bool IsConsistent => State.Length >= sizeof(long) && BinaryPrimitives.ReadInt64BigEndian(State) == Size;
}
