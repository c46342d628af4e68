namespace Sluice.Streams;

/// <summary>A destination as it is stored.</summary>
/// <param name="Definition">Its members that are no secrets, as one JSON object.</param>
/// <param name="Secrets">The others, as one encrypted JSON object; empty once it is deleted.</param>
public sealed record DestinationRow(
    string Id, string? TenantId, string Name, string Provider, string Definition, byte[] Secrets, long CreatedAt, long UpdatedAt, long? DeletedAt);

/// <summary>A stored destination with the place its stream has reached.</summary>
public sealed record StoredStream(DestinationRow Destination, long Cursor, StreamState State);
