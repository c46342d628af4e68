using Sluice.Verification;

namespace Sluice.Migration;

/// <summary>What became of a migration.</summary>
public abstract record MigrationResult(IReadOnlyList<LedgerVerdict> Ledgers)
{
    /// <summary>Everything is in the database, and verified there.</summary>
    /// <param name="Rows">How many rows the configuration has.</param>
    public sealed record Moved(IReadOnlyList<LedgerVerdict> Ledgers, long Rows) : MigrationResult(Ledgers);

    /// <summary>The folder is damaged: the first fault stopped the copying.</summary>
    public sealed record SourceIsWrong(IReadOnlyList<LedgerVerdict> Ledgers) : MigrationResult(Ledgers);

    /// <summary>The database does not hold what the folder does.</summary>
    /// <param name="Differences">Sentences for a person, where it is not the ledgers themselves that are wrong.</param>
    public sealed record CopyIsWrong(IReadOnlyList<LedgerVerdict> Ledgers, IReadOnlyList<string> Differences) : MigrationResult(Ledgers);
}
