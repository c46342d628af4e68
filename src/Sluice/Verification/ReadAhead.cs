using Sluice.Storage;

namespace Sluice.Verification;

/// <summary>Reads a segment's events one page ahead of whoever checks them; two pages are all the memory it takes.</summary>
internal sealed class ReadAhead : IAsyncDisposable
{
    private const int PageEvents = 4096;
    private const int PageBytes = 8 << 20;

    private readonly SegmentInspector _segment;
    private readonly long _end;
    private readonly EventPage[] _pages = [new(), new()];
    private Task<StorageCorruptException?> _reading;
    private int _turn;

    public ReadAhead(string path, long from, long end)
    {
        (_segment, _end) = (new SegmentInspector(path), end);
        _reading = Start(from);
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
        _segment.Dispose();
        foreach (var page in _pages) page.Dispose();
    }

    private Task<StorageCorruptException?> Start(long from)
    {
        var page = _pages[_turn];
        page.Clear();
        return Task.Run(() => Read(page, from));
    }

    private StorageCorruptException? Read(EventPage page, long from)
    {
        try
        {
            _segment.Read(page, from, _end, PageEvents, PageBytes);
            return null;
        }
        catch (StorageCorruptException damage)
        {
            return damage;
        }
    }
}
