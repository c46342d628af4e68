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

    /// <summary>The tree over everything committed, as a snapshot.</summary>
    TreeState Tree();

    /// <summary>Finds candidates for a query through the indexes.</summary>
    IEventIndex Index { get; }
}
