using Sluice.Events;
using Sluice.Storage;
using Sluice.Streams;

namespace Sluice.Delivery.Trials;

/// <summary>Tries a filter on what the ledger has of the last days, without sending anything.</summary>
/// <param name="scope">The events that the destination is about at all: its tenant's, or everybody's.</param>
internal sealed class FilterTrial(ILedgerReader ledger, StreamFilter filter, StreamFilter scope)
{
    /// <summary>Not more of the newest events are looked at: reading them takes a second or two.</summary>
    public const long MostEvents = 1_000_000;

    private const int PageEvents = 4_096;
    private const int PageBytes = 4 << 20;

    /// <summary>Events that pass, and events that were looked at.</summary>
    public long Matched { get; private set; }

    public long Of { get; private set; }

    /// <summary>Looks at every event persisted at a time or later, in order.</summary>
    /// <param name="each">Told of every event in scope, and whether it passes.</param>
    public async ValueTask RunAsync(long since, Action<StoredEvent, bool> each, CancellationToken cancellation)
    {
        using var page = new EventPage();
        var end = ledger.Size;
        for (var from = Math.Max(await StartPosition.FirstSinceAsync(ledger, since, cancellation), end - MostEvents); from < end;)
        {
            if (!await ReadAsync(page, from, end, cancellation)) return;
            from = page[page.Count - 1].Sequence + 1;
            for (var i = 0; i < page.Count; i++) Judge(page[i], each);
        }
    }

    /// <summary>Whether nothing passes although there is something; the newest are looked at first, so that a filter that lets events through is found out quickly.</summary>
    public async ValueTask<bool> LetsNothingThroughAsync(long since, CancellationToken cancellation)
    {
        using var page = new EventPage();
        var (end, first) = (ledger.Size, await StartPosition.FirstSinceAsync(ledger, since, cancellation));
        for (first = Math.Max(first, end - MostEvents); end > first && Matched == 0; end = Math.Max(first, end - PageEvents))
        {
            for (var from = Math.Max(first, end - PageEvents); from < end && Matched == 0; from = page[page.Count - 1].Sequence + 1)
            {
                if (!await ReadAsync(page, from, end, cancellation)) break;
                for (var i = 0; i < page.Count && Matched == 0; i++) Judge(page[i], (_, _) => { });
            }
        }

        return Matched == 0 && Of > 0;
    }

    private async ValueTask<bool> ReadAsync(EventPage page, long from, long end, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        page.Clear();
        await ledger.ReadAsync(page, from, end, PageEvents, PageBytes, cancellation);
        return page.Count > 0;
    }

    private void Judge(in StoredEvent stored, Action<StoredEvent, bool> each)
    {
        if (!scope.Passes(stored)) return;
        var passes = filter.Passes(stored);
        Of++;
        if (passes) Matched++;
        each(stored, passes);
    }
}
