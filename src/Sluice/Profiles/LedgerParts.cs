namespace Sluice.Profiles;

/// <summary>The members that the ledger adds to an event.</summary>
[Flags]
public enum LedgerParts
{
    None = 0,
    Sequence = 1,
    PersistedAt = 2,
    IntegrityHash = 4,
    All = Sequence | PersistedAt | IntegrityHash,
}
