using Sluice.Ledger;

namespace Sluice.Storage;

/// <summary>One event as the ledger keeps it.</summary>
/// <param name="Sequence">Its place in commit order: 0, 1, 2, … without holes.</param>
/// <param name="PersistedAt">When its group was committed, in nanoseconds since 1970; never goes back along sequences.</param>
/// <param name="Digest">The ledger's entry: what <c>integrity_hash</c> shows.</param>
/// <param name="Body">The JSON text with salt, without sequence, persisted_at and integrity_hash. Valid until its page is disposed.</param>
public readonly record struct StoredEvent(long Sequence, long PersistedAt, Digest Digest, ReadOnlyMemory<byte> Body);
