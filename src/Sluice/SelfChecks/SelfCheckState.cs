using Sluice.Verification;

namespace Sluice.SelfChecks;

/// <summary>What is stored of the instance's self-checks.</summary>
/// <param name="Since">When the instance began to count towards its first one, in nanoseconds since 1970 as are all times here.</param>
/// <param name="Last">The last one that came to an end; null before the first.</param>
/// <param name="Running">The one that runs now, on whichever node; null when none does.</param>
/// <param name="Unfinished">Why the last attempt came to no end; null when it did.</param>
public sealed record SelfCheckState(long Since, SelfCheck? Last, RunningSelfCheck? Running, string? Unfinished);

/// <summary>A check of every ledger that came to an end.</summary>
/// <param name="Node">The name of the node that made it.</param>
public sealed record SelfCheck(long StartedAt, long EndedAt, string Node, IReadOnlyList<CheckedLedger> Ledgers)
{
    public bool HasPassed => Ledgers.All(ledger => ledger.Fault is null);
}

/// <summary>What a check found in one ledger.</summary>
/// <param name="First">The first event that is kept.</param>
/// <param name="Size">Events that are right from the beginning on, those included that retention removed.</param>
/// <param name="Signed">The size of the newest checkpoint that holds.</param>
/// <param name="Checkpoints">How many hold.</param>
/// <param name="Fault">What is wrong; null when nothing is.</param>
public sealed record CheckedLedger(string Ledger, long First, long Size, long Signed, int Checkpoints, LedgerFault? Fault)
{
    public static CheckedLedger Of(LedgerVerdict verdict) => new(verdict.Ledger, verdict.First, verdict.Size, verdict.Signed, verdict.Checkpoints, verdict.Fault);
}

/// <summary>How far a check has come.</summary>
/// <param name="SeenAt">When its node last said so.</param>
/// <param name="Events">Events of all ledgers that were found right.</param>
/// <param name="Expected">How many there are, about.</param>
public sealed record RunningSelfCheck(long StartedAt, long SeenAt, string Node, long Events, long Expected);
