namespace Sluice.Verification;

/// <summary>What the verification of one ledger came to.</summary>
/// <param name="Events">How many were checked and are right.</param>
/// <param name="Checkpoints">How many signed checkpoints hold for them.</param>
/// <param name="Key">The key, as given to verifiers, that they were checked with: the folder's own. Null when the folder has none.</param>
/// <param name="Fault">The first thing that is wrong; null when nothing is.</param>
public sealed record LedgerVerdict(string Ledger, long Events, int Checkpoints, string? Key, LedgerFault? Fault)
{
    /// <summary>The first event that is kept; retention removed those before it.</summary>
    public long First { get; init; }

    /// <summary>The size of the newest checkpoint that holds; 0 for none.</summary>
    public long Signed { get; init; }

    /// <summary>Events that are kept and were removed, up to the first fault.</summary>
    public long Size => First + Events;
}

/// <summary>Something that is not as it was written.</summary>
/// <param name="First">The wrong event; the first of several where only a range can be named. Null when it is no event.</param>
/// <param name="Last">The last event that it may be.</param>
/// <param name="Problem">What is wrong, as a sentence for a person.</param>
public sealed record LedgerFault(long? First, long? Last, string Problem);

/// <summary>What the verification of a data folder came to.</summary>
/// <param name="DamagedIndexes">Index files that are not as they were written. They are no part of the ledger: a server writes them again from events.</param>
public sealed record FolderVerdict(IReadOnlyList<LedgerVerdict> Ledgers, IReadOnlyList<string> DamagedIndexes)
{
    public bool IsClean => Ledgers.All(ledger => ledger.Fault is null);
}

/// <summary>How far a verification has come. The expected number is what the newest checkpoints say, and may be a little short.</summary>
public readonly record struct VerificationProgress(long Events, long Expected);

/// <summary>Ends the walk over a ledger at its first fault.</summary>
internal sealed class LedgerFaultException(LedgerFault fault) : Exception(fault.Problem)
{
    public LedgerFaultException(long? sequence, string problem)
        : this(new LedgerFault(sequence, sequence, problem))
    {
    }

    public LedgerFault Fault => fault;
}
