using Sluice.Ledger;
using Sluice.Storage;

namespace Sluice.Delivery;

/// <summary>
/// A ledger whose newest events are kept in memory, a few megabytes of them, for all streams that are close behind: however many they are, each event is read from
/// the ledger once. Whoever is further behind reads the ledger itself.
/// </summary>
internal sealed class NewestEvents(ILedgerReader ledger) : ILedgerReader
{
    /// <summary>Bytes of bodies that are kept.</summary>
    public const int MostBytes = 4 << 20;

    /// <summary>Whoever is further behind than this reads for itself.</summary>
    private const int Close = 8_192;

    private const int PageEvents = 1_024;
    private const int PageBytes = 256 << 10;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _loading = new(1, 1);

    /// <summary>Each begins where the one before ends.</summary>
    private readonly List<EventPage> _pages = [];
    private int _bytes;

    public string Name => ledger.Name;

    public long Size => ledger.Size;

    public long First => ledger.First;

    public async ValueTask ReadAsync(EventPage page, long from, long end, int maxEvents, int maxBytes, CancellationToken cancellation)
    {
        ledger.ThrowIfClosedToReaders();
        end = Math.Min(end, Size);
        while (from < end && IsClose(from))
        {
            if (Copy(page, ref from, end, maxEvents, maxBytes)) return;
            if (!await TryLoadAsync(from, cancellation)) break;
        }

        if (from < end) await ledger.ReadAsync(page, from, end, maxEvents, maxBytes, cancellation);
    }

    public void ThrowIfClosedToReaders() => ledger.ThrowIfClosedToReaders();

    public ValueTask ReadManyAsync(EventPage page, ReadOnlyMemory<long> sequences, CancellationToken cancellation) => ledger.ReadManyAsync(page, sequences, cancellation);

    public ValueTask CatchUpAsync(CancellationToken cancellation) => ledger.CatchUpAsync(cancellation);

    public ValueTask WaitForMoreThanAsync(long size, CancellationToken cancellation) => ledger.WaitForMoreThanAsync(size, cancellation);

    public ValueTask<Digest> NodeAsync(NodeId node, CancellationToken cancellation) => ledger.NodeAsync(node, cancellation);

    private bool IsClose(long from) => from >= First && Size - from <= Close;

    /// <returns>True when the page has all that it is to get; false when what comes next is not kept.</returns>
    private bool Copy(EventPage page, ref long from, long end, int maxEvents, int maxBytes)
    {
        lock (_lock)
        {
            for (var at = PageOf(from); at >= 0 && at < _pages.Count; at++)
            {
                var kept = _pages[at];
                for (var i = (int)(from - kept[0].Sequence); i < kept.Count && from < end; i++, from++)
                {
                    var stored = kept[i];
                    if (page.Count > 0 && (page.Count >= maxEvents || page.Bytes + stored.Body.Length > maxBytes)) return true;
                    page.Add(stored.Sequence, stored.PersistedAt, stored.Digest, stored.Body.Span);
                }
            }
        }

        return from == end;
    }

    /// <summary>Where an event is; -1 when it is not kept.</summary>
    private int PageOf(long sequence) => _pages.FindLastIndex(page => page[0].Sequence <= sequence && sequence < page[0].Sequence + page.Count);

    /// <summary>Reads what comes next, unless somebody else has done so meanwhile.</summary>
    /// <returns>False when it is not to be had here.</returns>
    private async ValueTask<bool> TryLoadAsync(long from, CancellationToken cancellation)
    {
        await _loading.WaitAsync(cancellation);
        try
        {
            lock (_lock)
            {
                if (PageOf(from) >= 0) return true;
                if (_pages.Count > 0 && from < _pages[0][0].Sequence) return false;
            }

            var page = new EventPage();
            await ledger.ReadAsync(page, from, long.MaxValue, PageEvents, PageBytes, cancellation);
            if (page.Count > 0 && page[0].Sequence == from) return Keep(page);
            page.Dispose();
            return false;
        }
        finally
        {
            _loading.Release();
        }
    }

    private bool Keep(EventPage page)
    {
        lock (_lock)
        {
            if (_pages is [.., var last] && last[0].Sequence + last.Count != page[0].Sequence) Drop(_pages.Count);
            _bytes += page.Bytes;
            if (_pages is [.., var open] && open.Bytes + page.Bytes <= PageBytes) Move(page, open);
            else _pages.Add(page);
            while (_bytes > MostBytes && _pages.Count > 1) Drop(1);
        }

        return true;
    }

    /// <summary>What comes in small pieces is kept in few.</summary>
    private static void Move(EventPage page, EventPage into)
    {
        for (var i = 0; i < page.Count; i++) into.Add(page[i].Sequence, page[i].PersistedAt, page[i].Digest, page[i].Body.Span);
        page.Dispose();
    }

    private void Drop(int oldest)
    {
        foreach (var page in _pages.Take(oldest))
        {
            _bytes -= page.Bytes;
            page.Dispose();
        }

        _pages.RemoveRange(0, oldest);
    }
}
