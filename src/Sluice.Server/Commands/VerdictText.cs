using System.Globalization;
using Sluice.Ledger;
using Sluice.Verification;

namespace Sluice.Server.Commands;

/// <summary>Verdicts as one line each: what is wrong comes with the first sequence that it is wrong of.</summary>
internal static class VerdictText
{
    public static string Of(LedgerVerdict verdict) => verdict.Fault switch
    {
        null => Invariant($"{verdict.Ledger}: clean: {Counted(verdict.Events, "event")}{(verdict.First > 0 ? $" from {verdict.First} on, those before it removed by retention" : "")}, {Counted(verdict.Checkpoints, "checkpoint")}{(verdict.Key is null ? "" : $" signed by {verdict.Key}")}"),
        { First: null } fault => $"{verdict.Ledger}: wrong: {fault.Problem}",
        { First: { } first, Last: { } last } fault when last > first => Invariant($"{verdict.Ledger}: wrong from event {first} to {last}: {fault.Problem}"),
        { First: { } first } fault => Invariant($"{verdict.Ledger}: wrong at event {first}: {fault.Problem}"),
    };

    public static string Of(ExportResult result) => result switch
    {
        ExportResult.Clean clean => Invariant($"clean: {Counted(clean.Count, "event")} of {clean.Checkpoint.Origin}, by its checkpoint of {clean.Checkpoint.Size}"),
        ExportResult.Wrong { Line: 0 } wrong => $"wrong: {wrong.Problem}",
        ExportResult.Wrong { Sequence: { } sequence } wrong => Invariant($"wrong at event {sequence}, line {wrong.Line}: {wrong.Problem}"),
        ExportResult.Wrong wrong => Invariant($"wrong at line {wrong.Line}: {wrong.Problem}"),
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };

    private static string Counted(long count, string what) => Invariant($"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
