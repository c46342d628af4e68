namespace Sluice.Streams;

/// <summary>Who runs a stream, and where it stands.</summary>
/// <param name="Fence">As in <see cref="StoredStream"/>.</param>
/// <param name="Node">As the store names nodes; null for nobody.</param>
public sealed record StreamPlace(
    string Id, string? TenantId, string Name, string Provider, long Cursor, StreamState State, long Fence, string? Node)
{
    public bool IsToRun => State.IsToRun;
}
