using Sluice.Storage;

namespace Sluice.Verification;

/// <summary>Reads events one page ahead of whoever checks them; two pages are all the memory it takes.</summary>
internal sealed class ReadAhead : IAsyncDisposable
{
    public const int PageEvents = 4096;
    public const int PageBytes = 8 << 20;

    private readonly Func<EventPage, long, Task> _read;
    private readonly IDisposable? _source;
    private readonly EventPage[] _pages = [new(), new()];
    private Task<StorageCorruptException?> _reading;
    private int _turn;

    /// <param name="read">Fills a page from a sequence on. What is in the page is whole, also when it throws.</param>
    /// <param name="source">What it reads from, to be disposed at the end; null when that is somebody else's.</param>
    public ReadAhead(Func<EventPage, long, Task> read, long from, IDisposable? source = null)
    {
        (_read, _source) = (read, source);
        _reading = Start(from);
    }

    /// <summary>The events of <c>[from, end)</c> of a segment's file.</summary>
    public static ReadAhead Of(string path, long from, long end)
    {
        var segment = new SegmentInspector(path);
        return new ReadAhead((page, at) => Task.Run(() => segment.Read(page, at, end, PageEvents, PageBytes)), from, segment);
    }

    /// <summary>The next events, valid until the next call, and the damage right behind them if there is any. An empty page is the end.</summary>
    public async Task<(EventPage Page, StorageCorruptException? Damage)> NextAsync()
    {
        var damage = await _reading;
        var page = _pages[_turn];
        _turn ^= 1;
        _reading = damage is null && page.Count > 0 ? Start(page[page.Count - 1].Sequence + 1) : Task.FromResult(damage);
        return (page, damage);
    }

    public async ValueTask DisposeAsync()
    {
        await ((Task)_reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _source?.Dispose();
        foreach (var page in _pages) page.Dispose();
    }

    private async Task<StorageCorruptException?> Start(long from)
    {
        var page = _pages[_turn];
        page.Clear();
        try
        {
            await _read(page, from);
            return null;
        }
        catch (StorageCorruptException damage)
        {
            return damage;
        }
    }
}
