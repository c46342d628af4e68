using Sluice.Events;
using Sluice.Storage;

namespace Sluice.Delivery;

/// <summary>Finds the cursor from which a stream begins.</summary>
internal static class StartPosition
{
    /// <param name="from"><c>now</c>, <c>beginning</c>, or an RFC 3339 time: the first event persisted at it or later.</param>
    public static async ValueTask<long> CursorAsync(ILedgerReader ledger, string from, CancellationToken cancellation)
    {
        if (from == "now" || !(from == "beginning" || Timestamp.TryParse(from, out _))) return ledger.Size - 1;
        if (from == "beginning") return ledger.First - 1;
        Timestamp.TryParse(from, out var time);
        return await FirstSinceAsync(ledger, time, cancellation) - 1;
    }

    /// <summary><c>persisted_at</c> never goes back along sequences, so halving finds it.</summary>
    public static async ValueTask<long> FirstSinceAsync(ILedgerReader ledger, long time, CancellationToken cancellation)
    {
        var (low, high) = (ledger.First, ledger.Size);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (await PersistedAtAsync(ledger, middle, cancellation) >= time) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    /// <returns>Null when there is no such event.</returns>
    public static async ValueTask<long?> PersistedAtAsync(ILedgerReader ledger, long sequence, CancellationToken cancellation)
    {
        using var page = new EventPage();
        await ledger.ReadAsync(page, sequence, sequence + 1, 1, 1, cancellation);
        return page.Count == 0 ? null : page[0].PersistedAt;
    }
}
