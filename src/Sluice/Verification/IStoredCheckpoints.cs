using Sluice.Ledger;
using Sluice.Storage;

namespace Sluice.Verification;

/// <summary>
/// The checkpoints of one ledger and the key that signed them, as they are stored. What cannot be read any more is a
/// <see cref="StorageCorruptException"/>, what cannot be read now a <see cref="StorageUnavailableException"/>.
/// </summary>
internal interface IStoredCheckpoints
{
    /// <exception cref="StorageCorruptException">The table is damaged, or holds what belongs to no ledger.</exception>
    void RequireWhole();

    /// <returns>Null when there is none.</returns>
    VerifierKey? ReadKey();

    /// <returns>The greatest size; -1 without checkpoints.</returns>
    long ReadNewest();

    /// <summary>Those with sizes greater than one and not greater than another, by size.</summary>
    IReadOnlyList<SignedCheckpoint> Read(long after, long upTo, int most);
}
