using Sluice.Ledger;

namespace Sluice.Storage;

/// <summary>What is kept of events that retention dropped.</summary>
internal interface IDroppedHashes
{
    /// <summary>The root of 256^<paramref name="level"/> leaves; null when it is not there.</summary>
    Digest? Node(int level, long number);

    /// <summary>The 256 leaf hashes of a tile; null when they are not kept.</summary>
    Digest[]? Leaves(long tile);
}
