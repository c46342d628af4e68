using Sluice.Events;
using Sluice.Ledger;

namespace Sluice.Storage;

/// <summary>
/// A ledger's storage engine. One writer calls <see cref="AppendAsync"/>; any number of readers read meanwhile.
/// </summary>
public interface ILedgerStore : ILedgerReader, IAsyncDisposable
{
    /// <summary>
    /// Appends a group: settles which events are new, gives those the next sequences, and makes bodies, digests and the tree's state durable
    /// in one transaction. When it returns, every event's verdict stands in its batch and every stored one is on the disk.
    /// When it throws, nothing of the group was stored.
    /// </summary>
    /// <exception cref="StorageFullException">The disk is full; try again when there is space.</exception>
    /// <exception cref="StorageUnavailableException">The store cannot write now; try again later.</exception>
    ValueTask AppendAsync(IReadOnlyList<AcceptedBatch> group, CancellationToken cancellation);

    /// <summary>
    /// Drops the oldest segment when it is sealed and all of its events were persisted before a time. Ingest and readers go on meanwhile; whoever reads
    /// behind <see cref="ILedgerReader.First"/> when this returns finds nothing there, and the ids of what was dropped are forgotten. What remains still
    /// proves: hashes of whole tiles are kept for ever, and so is the tile of leaves at each of the given sizes of checkpoints, so that consistency from
    /// those can still be shown.
    /// </summary>
    /// <param name="persistedBefore">Nanoseconds since 1970.</param>
    /// <param name="checkpointSizes">Those of every checkpoint that is kept; sizes outside of the segment are passed over.</param>
    /// <returns>What was dropped; null when the oldest segment must stay.</returns>
    /// <exception cref="StorageCorruptException">The segment does not have the tree that was built over its events; nothing was dropped.</exception>
    ValueTask<DroppedSegment?> DropOldestAsync(long persistedBefore, IReadOnlyCollection<long> checkpointSizes, CancellationToken cancellation);

    /// <summary>The tree over everything committed, as a snapshot.</summary>
    TreeState Tree();

    /// <summary>Finds candidates for a query through the indexes.</summary>
    IEventIndex Index { get; }
}

/// <summary>A segment that retention dropped: the sequences of its events.</summary>
public readonly record struct DroppedSegment(long First, long Last);
