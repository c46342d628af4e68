namespace Sluice.Storage;

/// <summary>A signed statement about a ledger.</summary>
/// <param name="Size">Number of events it speaks of.</param>
/// <param name="Note">The signed note, line breaks included.</param>
public sealed record SignedCheckpoint(long Size, string Note);

/// <summary>Where readers get checkpoints from.</summary>
public interface ICheckpointSource
{
    /// <summary>The newest checkpoint, once there is one of at least this size; checkpoints follow commits within a second.</summary>
    /// <param name="ledger">Name of the ledger.</param>
    ValueTask<SignedCheckpoint> LatestAsync(string ledger, long atLeastSize, CancellationToken cancellation);
}
