using Sluice.Events;
using Sluice.SelfAudit;

namespace Sluice.SelfChecks;

/// <summary>What Sluice's own ledger says of self-checks. Ids are made of what happened, since a write may be repeated.</summary>
internal static class SelfCheckEvents
{
    /// <summary>By whoever asked for it, or by Sluice itself.</summary>
    public static OwnEvent Started(long at, string node) =>
        OwnEvent.OfCommand(OwnActions.SelfCheckStarted, at, new OwnResource("node", node), id: $"sluice-self-check-{at}-started");

    /// <summary>One that all is well, or one for each ledger that is not.</summary>
    public static IEnumerable<OwnEvent> Ended(SelfCheck check)
    {
        if (check.HasPassed) return [Passed(check)];
        return check.Ledgers.Where(ledger => ledger.Fault is not null).Select(ledger => Failed(check, ledger));
    }

    private static OwnEvent Passed(SelfCheck check) => new(OwnActions.SelfCheckPassed, check.EndedAt)
    {
        Id = $"sluice-self-check-{check.StartedAt}-passed",
        Resource = new OwnResource("node", check.Node),
        Metadata = new() { ["started_at"] = Timestamp.Text(check.StartedAt), ["events"] = check.Ledgers.Sum(ledger => ledger.Size - ledger.First), ["checkpoints"] = check.Ledgers.Sum(ledger => ledger.Checkpoints) },
    };

    private static OwnEvent Failed(SelfCheck check, CheckedLedger ledger) => new(OwnActions.SelfCheckFailed, check.EndedAt)
    {
        Id = $"sluice-self-check-{check.StartedAt}-failed-{ledger.Ledger}",
        Outcome = OwnEvent.Failure,
        Resource = new OwnResource("ledger", ledger.Ledger),
        Metadata = new()
        {
            ["started_at"] = Timestamp.Text(check.StartedAt),
            ["node"] = check.Node,
            ["first_sequence"] = ledger.Fault!.First,
            ["last_sequence"] = ledger.Fault.Last,
            ["problem"] = ledger.Fault.Problem,
        },
    };
}
