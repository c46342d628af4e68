using Sluice.Delivery.Definitions;
using Sluice.Events;
using Sluice.Storage;

namespace Sluice.Delivery.Replays;

/// <summary>Finds the sequences that a user means.</summary>
internal static class ReplayRange
{
    public static async ValueTask<(long First, long Last)> OfAsync(ILedgerReader ledger, ReplayRequest request, CancellationToken cancellation)
    {
        var first = request.From is { } from ? await FirstAsync(ledger, from, cancellation) : ledger.First;
        var last = request.To is { } to ? await LastAsync(ledger, to, cancellation) : ledger.Size - 1;
        if (IsTurnedRound(request, first, last)) throw DefinitionException.Value("to", "to lies before from.");
        RequireKept(ledger, request.From is null ? Math.Min(first, last) : first, last);
        return (first, Math.Max(last, first - 1));
    }

    /// <exception cref="DestinationStateException">Retention removed all of it.</exception>
    public static void RequireKept(ILedgerReader ledger, long first, long last)
    {
        if (last >= 0 && first <= last && last < ledger.First)
            throw new DestinationStateException("removed", $"Retention removed all events of this range. The first that is kept has sequence {ledger.First}.");
    }

    private static async ValueTask<long> FirstAsync(ILedgerReader ledger, ReplayBound from, CancellationToken cancellation)
    {
        if (from.Sequence is { } sequence) return Existing(ledger, "from", sequence);
        var time = Time("from", from);
        var first = await StartPosition.CursorAsync(ledger, from.Time!, cancellation) + 1;
        // Events before the first that is kept may have been meant: with the last of those in its range, the replay says that they are gone.
        var isCut = first > 0 && first == ledger.First && await StartPosition.PersistedAtAsync(ledger, first, cancellation) > time;
        return isCut ? first - 1 : first;
    }

    private static async ValueTask<long> LastAsync(ILedgerReader ledger, ReplayBound to, CancellationToken cancellation)
    {
        if (to.Sequence is { } sequence) return Existing(ledger, "to", sequence);
        Time("to", to);
        return await StartPosition.CursorAsync(ledger, to.Time!, cancellation);
    }

    private static long Existing(ILedgerReader ledger, string field, long sequence)
    {
        if (sequence >= 0 && sequence < ledger.Size) return sequence;
        throw DefinitionException.Value(field, ledger.Size == 0 ? "There is no event yet." : $"{field} is a sequence from 0 to {ledger.Size - 1}, the last there is.");
    }

    private static long Time(string field, ReplayBound bound) =>
        Timestamp.TryParse(bound.Time!, out var time) ? time : throw DefinitionException.Value(field, $"{field} is an RFC 3339 time or a sequence.");

    /// <summary>Two times may have no event between them; anything else that ends before it begins is a mistake.</summary>
    private static bool IsTurnedRound(ReplayRequest request, long first, long last) => (request.From, request.To) switch
    {
        ({ Time: not null } from, { Time: not null } to) => Time("to", to) < Time("from", from),
        (not null, { Sequence: not null }) or ({ Sequence: not null }, not null) => last < first,
        _ => false,
    };
}
