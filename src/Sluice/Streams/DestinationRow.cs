namespace Sluice.Streams;

/// <summary>A destination as it is stored.</summary>
/// <param name="Definition">Its members that are no secrets, as one JSON object.</param>
/// <param name="Secrets">The others, as one encrypted JSON object; empty once it is deleted.</param>
public sealed record DestinationRow(
    string Id, string? TenantId, string Name, string Provider, string Definition, byte[] Secrets, long CreatedAt, long UpdatedAt, long? DeletedAt)
{
    /// <summary>No other one of its provider and tenant may have its name. Not stored: whoever writes the row says so.</summary>
    public bool HasUniqueName { get; init; }
}

/// <summary>A stored destination with the place its stream has reached.</summary>
/// <param name="Attempts">How many sendings there were.</param>
/// <param name="Fence">Grows with every taking of the stream: who writes for it names the one it took, and an older one writes nothing.</param>
/// <param name="Node">Who runs it; null for nobody.</param>
public sealed record StoredStream(DestinationRow Destination, long Cursor, StreamState State, long Attempts, long Fence, string? Node);
