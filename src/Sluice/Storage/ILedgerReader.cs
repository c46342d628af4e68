using Sluice.Ledger;

namespace Sluice.Storage;

/// <summary>
/// What every reader of a ledger may rely on, whichever engine is behind it: sequences are assigned in commit order without holes,
/// so that whoever has read up to <see cref="Size"/> has seen every committed event once.
/// </summary>
public interface ILedgerReader
{
    /// <summary>Name of the ledger: <c>main</c> or <c>_sluice</c>.</summary>
    string Name { get; }

    /// <summary>Number of events ever committed, which is the sequence the next one gets.</summary>
    long Size { get; }

    /// <summary>The first sequence still kept; 0 unless retention dropped segments.</summary>
    long First { get; }

    /// <summary>
    /// Adds events with sequences from <paramref name="from"/> up to, not including, <paramref name="end"/> to the page, in order, until it holds
    /// <paramref name="maxEvents"/> or <paramref name="maxBytes"/> (the first one always fits). Never reads past <see cref="Size"/>. What it adds has no
    /// holes; where retention dropped what was asked for, it begins at <see cref="First"/>, so whoever must not miss events looks at where it began.
    /// </summary>
    ValueTask ReadAsync(EventPage page, long from, long end, int maxEvents, int maxBytes, CancellationToken cancellation);

    /// <summary>Whoever keeps what it has read asks before it uses it: a ledger may have found out that its past is another one.</summary>
    /// <exception cref="StorageUnavailableException">Nothing may be read here any more.</exception>
    void ThrowIfClosedToReaders()
    {
    }

    /// <summary>Adds the events with exactly these sequences, in the order given; those that retention dropped are left out.</summary>
    ValueTask ReadManyAsync(EventPage page, ReadOnlyMemory<long> sequences, CancellationToken cancellation);

    /// <summary>
    /// Afterwards <see cref="Size"/> holds everything that was acknowledged anywhere before the call, through other nodes too. Who answers a reader asks
    /// for it first, so that whoever wrote through one node reads it through another.
    /// </summary>
    /// <exception cref="StorageUnavailableException">What others wrote cannot be known now.</exception>
    ValueTask CatchUpAsync(CancellationToken cancellation);

    /// <summary>Returns once <see cref="Size"/> is greater than <paramref name="size"/>.</summary>
    ValueTask WaitForMoreThanAsync(long size, CancellationToken cancellation);

    /// <summary>The hash of a complete subtree: a leaf's at level 0. The node must lie inside the first <see cref="Size"/> leaves.</summary>
    /// <exception cref="DroppedHashException">It lies inside a tile of leaves that went with a dropped segment.</exception>
    ValueTask<Digest> NodeAsync(NodeId node, CancellationToken cancellation);
}
