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

    private static readonly BatchLimits Unlimited = new(int.MaxValue, int.MaxValue, 0);

    /// <summary>A batch can be read again while the next one is read ahead.</summary>
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Enough waits for a whole request, so that reading ahead cannot make requests smaller than they would be.</summary>
    public bool HasFullBatchFrom(long from, long end) => Math.Min(ledger.Size, end) - from >= limits.Events;

    /// <summary>So much waits that looking at it is worth while, whatever one request may hold.</summary>
    public bool HasMuchFrom(long from, long end) => Math.Min(ledger.Size, end) - from >= Math.Max(limits.Events, SmallestPage);

    /// <summary>
    /// Adds the events behind those that the batch has, up to, not including, <paramref name="end"/>, as many as one request may hold. It may stay empty
    /// when nothing passes the filter; it ends where retention was faster, so that what lies behind a gap is never taken for what comes next.
    /// </summary>
    public async ValueTask ReadMoreAsync(SpelledEvents batch, long end, CancellationToken cancellation)
    {
        end = Math.Min(end, ledger.Size);
        await _turn.WaitAsync(cancellation);
        try
        {
            if (filter.PassesAll) await ReadAllAsync(batch, end, limits, cancellation);
            else await ReadMatchingAsync(batch, end, limits, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads again what a batch held, whatever one request may hold by now.</summary>
    /// <returns>False when retention removed some of it.</returns>
    public async ValueTask<bool> ReadAgainAsync(SpelledEvents batch, long first, long through, CancellationToken cancellation)
    {
        await ledger.WaitForMoreThanAsync(through, cancellation);
        batch.Clear();
        batch.Through = first - 1;
        await _turn.WaitAsync(cancellation);
        try
        {
            while (batch.Through < through && !batch.IsFull) await ReadMatchingAsync(batch, through + 1, Unlimited, cancellation);
        }
        finally
        {
            _turn.Release();
        }

        return batch.Through == through;
    }

    public void Dispose() => _turn.Dispose();

    private async ValueTask ReadAllAsync(SpelledEvents batch, long end, BatchLimits most, CancellationToken cancellation)
    {
        var (from, before) = (batch.Through + 1, batch.Count);
        // Profiles add to the body; a page somewhat smaller than the request leaves little to read twice.
        await ledger.ReadAsync(batch.Page, from, end, most.Events, most.Bytes / 4 * 3, cancellation);
        if (Begins(batch.Page, before, from))
        {
            while (batch.Count < batch.Page.Count && batch.TrySpellNext(profile, most)) { }
        }

        batch.DropUnspelled();
        if (batch.Count > before) batch.Through = batch[batch.Count - 1].Sequence;
        batch.IsFull = batch.Through + 1 < end || batch.Count == most.Events;
    }

    private async ValueTask ReadMatchingAsync(SpelledEvents batch, long end, BatchLimits most, CancellationToken cancellation)
    {
        // Not kept for the next time: of many streams few are reading at any moment.
        using var scan = new EventPage();
        for (var page = 0; !batch.IsFull && page < MostPages && batch.Through + 1 < end; page++)
        {
            var from = batch.Through + 1;
            scan.Clear();
            await ledger.ReadAsync(scan, from, end, Math.Max(limits.Events, SmallestPage), limits.Bytes, cancellation);
            batch.IsFull = !Begins(scan, 0, from) || !TakeMatching(scan, batch, most);
        }
    }

    private static bool Begins(EventPage page, int at, long sequence) => page.Count > at && page[at].Sequence == sequence;

    private bool TakeMatching(EventPage scan, SpelledEvents batch, BatchLimits most)
    {
        for (var i = 0; i < scan.Count; i++)
        {
            var stored = scan[i];
            if (filter.Passes(stored) && !TryTake(batch, stored, most)) return false;
            batch.Through = stored.Sequence;
        }

        return true;
    }

    private bool TryTake(SpelledEvents batch, in StoredEvent stored, BatchLimits most)
    {
        batch.Page.Add(stored.Sequence, stored.PersistedAt, stored.Digest, stored.Body.Span);
        if (batch.TrySpellNext(profile, most)) return true;
        batch.Page.RemoveLast();
        return false;
    }
}
