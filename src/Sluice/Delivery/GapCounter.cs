using Sluice.Storage;
using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>Counts the events of a range that a filter lets through, reading no more than it must.</summary>
internal static class GapCounter
{
    private const int PageEvents = 4_096;
    private const int PageBytes = 1 << 20;

    /// <summary>What retention removed is no longer counted.</summary>
    /// <returns>The first and last such event and how many there are; null for both when there is none.</returns>
    public static async ValueTask<Unsent> CountAsync(ILedgerReader ledger, StreamFilter filter, long first, long last, CancellationToken cancellation)
    {
        first = Math.Max(first, ledger.First);
        if (last < first) return new Unsent(null, null, 0);
        if (filter.PassesAll) return new Unsent(first, last, last - first + 1);
        using var page = new EventPage();
        var found = new Unsent(null, null, 0);
        for (var from = first; from <= last; from = page[page.Count - 1].Sequence + 1)
        {
            page.Clear();
            await ledger.ReadAsync(page, from, last + 1, PageEvents, PageBytes, cancellation);
            if (page.Count == 0) break;
            for (var i = 0; i < page.Count; i++)
            {
                if (filter.Passes(page[i])) found = new Unsent(found.First ?? page[i].Sequence, page[i].Sequence, found.Count + 1);
            }
        }

        return found;
    }
}
