using Sluice.Storage;

namespace Sluice.Query;

/// <summary>Events read together by their places, in whatever order those are.</summary>
internal sealed class PickedEvents(ILedgerReader ledger) : IDisposable
{
    /// <summary>Events that lie this close are read as one range, their neighbours with them: reading along is ten times as fast as picking.</summary>
    private const int DenseRange = 4;

    private const int LongestRange = 1024;

    /// <summary>A range of larger events is not read to its end.</summary>
    private const int RangeBytes = 8 << 20;

    private readonly EventPage _page = new();
    private readonly Dictionary<long, int> _picked = [];

    /// <summary>When they were read as a range: the first one's sequence.</summary>
    private long? _first;

    public StoredEvent this[long sequence] => _page[_first is { } first ? (int)(sequence - first) : _picked[sequence]];

    /// <returns>False when one of them is not there any more.</returns>
    public ValueTask<bool> ReadAsync(ReadOnlySpan<TimePlace> places, CancellationToken cancellation)
    {
        var sequences = new long[places.Length];
        var (first, last) = (long.MaxValue, long.MinValue);
        for (var i = 0; i < places.Length; i++)
        {
            sequences[i] = places[i].Sequence;
            (first, last) = (Math.Min(first, sequences[i]), Math.Max(last, sequences[i]));
        }

        return ReadAsync(sequences, first, last, cancellation);
    }

    public void Dispose() => _page.Dispose();

    private async ValueTask<bool> ReadAsync(long[] sequences, long first, long last, CancellationToken cancellation)
    {
        var length = last - first + 1;
        if (length <= LongestRange && length <= (long)DenseRange * sequences.Length && await ReadRangeAsync(first, last, cancellation)) return true;
        _page.Clear();
        _picked.Clear();
        _first = null;
        Array.Sort(sequences);
        await ledger.ReadManyAsync(_page, sequences, cancellation);
        for (var i = 0; i < _page.Count; i++) _picked[_page[i].Sequence] = i;
        return _page.Count == sequences.Length;
    }

    private async ValueTask<bool> ReadRangeAsync(long first, long last, CancellationToken cancellation)
    {
        _page.Clear();
        _first = first;
        await ledger.ReadAsync(_page, first, last + 1, LongestRange, RangeBytes, cancellation);
        return _page.Count > 0 && _page[0].Sequence == first && _page[_page.Count - 1].Sequence == last;
    }
}
