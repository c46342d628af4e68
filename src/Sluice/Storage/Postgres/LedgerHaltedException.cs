namespace Sluice.Storage.Postgres;

/// <summary>
/// The database no longer holds what this node saw committed there: it was restored from an older copy, or a replica that was behind took over.
/// Until a restart the ledger neither takes events nor is it signed or read: what was answered before could be contradicted.
/// </summary>
internal sealed class LedgerHaltedException(string message) : StorageUnavailableException(message);
