using Sluice.Profiles;
using Sluice.Storage;
using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>Fills batches from the ledger: what waits is taken at once, as much as one request may hold, and no event is looked at that needs no look.</summary>
internal sealed class BatchReader(ILedgerReader ledger, StreamFilter filter, IProfile profile, BatchLimits limits) : IDisposable
{
    /// <summary>Pages that are searched for events before the cursor is moved past those that are not for this stream.</summary>
    private const int MostPages = 10;

    private const int SmallestPage = 256;

    private readonly EventPage _scan = new();

    /// <summary>Enough waits for a whole request, so that reading ahead cannot make requests smaller than they would be.</summary>
    public bool HasFullBatchFrom(long from, long end) => Math.Min(ledger.Size, end) - from >= limits.Events;

    /// <summary>
    /// Reads events from this sequence up to, not including, <paramref name="end"/>. The batch may be empty when nothing passes the filter; it ends where
    /// retention was faster, so that what lies behind a gap is never taken for what comes next.
    /// </summary>
    public async ValueTask ReadAsync(SpelledEvents batch, long from, long end, CancellationToken cancellation)
    {
        batch.Clear();
        batch.Through = from - 1;
        end = Math.Min(end, ledger.Size);
        if (filter.PassesAll) await ReadAllAsync(batch, from, end, cancellation);
        else await ReadMatchingAsync(batch, from, end, cancellation);
    }

    public void Dispose() => _scan.Dispose();

    private async ValueTask ReadAllAsync(SpelledEvents batch, long from, long end, CancellationToken cancellation)
    {
        // Profiles add to the body; a page somewhat smaller than the request leaves little to read twice.
        await ledger.ReadAsync(batch.Page, from, end, limits.Events, limits.Bytes / 4 * 3, cancellation);
        if (!Begins(batch.Page, from)) batch.Clear();
        while (batch.Count < batch.Page.Count && batch.TrySpellNext(profile, limits)) { }
        if (batch.Count > 0) batch.Through = batch[batch.Count - 1].Sequence;
    }

    private async ValueTask ReadMatchingAsync(SpelledEvents batch, long from, long end, CancellationToken cancellation)
    {
        var more = true;
        for (var page = 0; more && page < MostPages && from < end; page++)
        {
            _scan.Clear();
            await ledger.ReadAsync(_scan, from, end, Math.Max(limits.Events, SmallestPage), limits.Bytes, cancellation);
            if (!Begins(_scan, from)) return;
            more = TakeMatching(batch);
            from = batch.Through + 1;
        }
    }

    private static bool Begins(EventPage page, long sequence) => page.Count > 0 && page[0].Sequence == sequence;

    private bool TakeMatching(SpelledEvents batch)
    {
        for (var i = 0; i < _scan.Count; i++)
        {
            var stored = _scan[i];
            if (filter.Passes(stored) && !TryTake(batch, stored)) return false;
            batch.Through = stored.Sequence;
        }

        return true;
    }

    private bool TryTake(SpelledEvents batch, in StoredEvent stored)
    {
        batch.Page.Add(stored.Sequence, stored.PersistedAt, stored.Digest, stored.Body.Span);
        if (batch.TrySpellNext(profile, limits)) return true;
        batch.Page.RemoveLast();
        return false;
    }
}
