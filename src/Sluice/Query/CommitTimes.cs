using Sluice.Storage;

namespace Sluice.Query;

/// <summary>Finds a commit time in a ledger by halving, since commit times never go back.</summary>
internal static class CommitTimes
{
    /// <returns>The first sequence of the span committed at this time or later; the span's end when there is none.</returns>
    public static async ValueTask<long> FirstFromAsync(ILedgerReader ledger, long time, SequenceSpan span, CancellationToken cancellation)
    {
        var (low, high) = (span.First, Math.Max(span.First, Math.Min(span.End, ledger.Size)));
        using var page = new EventPage();
        // The first one is looked at first: whoever follows a ledger asks from behind the time on.
        for (var middle = low; low < high; middle = low + (high - low) / 2)
        {
            page.Clear();
            await ledger.ReadAsync(page, middle, middle + 1, 1, 1, cancellation);
            if (page.Count > 0 && page[0].PersistedAt >= time) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
