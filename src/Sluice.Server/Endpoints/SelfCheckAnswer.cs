using Sluice.Events;
using Sluice.SelfChecks;
using Sluice.Verification;

namespace Sluice.Server.Endpoints;

internal sealed record SelfCheckAnswer(SelfCheckAnswer.LastCheck? Last, SelfCheckAnswer.RunningCheck? Running, string? Unfinished, string? NextAt)
{
    /// <param name="withDetails">Which node, and what is wrong with which event: for those who operate the instance.</param>
    public static SelfCheckAnswer Of(SelfCheckState state, long? nextAt, bool withDetails) => new(
        state.Last is { } last ? LastCheck.Of(last, withDetails) : null,
        state.Running is { } running ? RunningCheck.Of(running, withDetails) : null,
        withDetails ? state.Unfinished : null,
        nextAt is { } at ? Timestamp.Text(at) : null);

    internal sealed record LastCheck(string StartedAt, string EndedAt, bool Passed, string? Node, IReadOnlyList<LedgerAnswer> Ledgers)
    {
        public static LastCheck Of(SelfCheck check, bool withDetails) => new(
            Timestamp.Text(check.StartedAt), Timestamp.Text(check.EndedAt), check.HasPassed, withDetails ? check.Node : null, [.. check.Ledgers.Select(ledger => LedgerAnswer.Of(ledger, withDetails))]);
    }

    internal sealed record RunningCheck(string StartedAt, string? Node, long Events, long Expected)
    {
        public static RunningCheck Of(RunningSelfCheck check, bool withDetails) => new(Timestamp.Text(check.StartedAt), withDetails ? check.Node : null, check.Events, check.Expected);
    }

    internal sealed record LedgerAnswer(string Ledger, bool Passed, long FirstSequence, long Size, long SignedSize, int Checkpoints, FaultAnswer? Fault)
    {
        public static LedgerAnswer Of(CheckedLedger ledger, bool withDetails) => new(
            ledger.Ledger, ledger.Fault is null, ledger.First, ledger.Size, ledger.Signed, ledger.Checkpoints, withDetails && ledger.Fault is { } fault ? FaultAnswer.Of(fault) : null);
    }

    internal sealed record FaultAnswer(long? FirstSequence, long? LastSequence, string Problem)
    {
        public static FaultAnswer Of(LedgerFault fault) => new(fault.First, fault.Last, fault.Problem);
    }
}
