using Sluice.Profiles;
using Sluice.Storage;

namespace Sluice.Delivery;

/// <summary>The events of one batch and how their profile spells them, in two pooled buffers that serve one batch after another.</summary>
internal sealed class SpelledEvents : IDisposable
{
    private readonly PooledBuffer _spelled = new();
    private readonly List<(int Start, int Length)> _places = [];
    private bool _isJson = true;

    /// <summary>Bytes that lines of plain text take more when they stand in JSON.</summary>
    private int _excess;

    /// <summary>Where the reader puts the events that pass; those at its end may not have been spelled.</summary>
    public EventPage Page { get; } = new();

    public int Count => _places.Count;

    /// <summary>Everything up to this sequence was looked at: what is not among the events was filtered out.</summary>
    public long Through { get; set; }

    /// <summary>No more can be added: it holds what a request may hold, or ends where retention was faster.</summary>
    public bool IsFull { get; set; }

    public OutgoingEvent this[int index]
    {
        get
        {
            var (start, length) = _places[index];
            return new OutgoingEvent(Page[index], _spelled.Written.Slice(start, length), _isJson);
        }
    }

    public void Clear()
    {
        Page.Clear();
        _spelled.Clear();
        _places.Clear();
        _excess = 0;
        IsFull = false;
    }

    /// <summary>Drops what the reader put at the page's end and could not spell.</summary>
    public void DropUnspelled()
    {
        while (Page.Count > Count) Page.RemoveLast();
    }

    /// <summary>Spells the page's next event, unless the batch would grow too large with it.</summary>
    public bool TrySpellNext(IProfile profile, BatchLimits limits)
    {
        if (Count == limits.Events) return false;
        var start = _spelled.Length;
        profile.Write(Page[Count], _spelled);
        _isJson = profile.IsJson;
        var excess = _isJson ? 0 : JsonText.Excess(_spelled.Written.Span[start..]) + OutgoingEvent.ObjectExcess;
        var bytes = _spelled.Length + _excess + excess + (Count + 1) * limits.EventOverhead;
        if (Count > 0 && bytes > limits.Bytes)
        {
            _spelled.TruncateTo(start);
            return false;
        }

        _places.Add((start, _spelled.Length - start));
        _excess += excess;
        return true;
    }

    /// <summary>Returns the memory; it may be filled again.</summary>
    public void Dispose()
    {
        _places.Clear();
        _excess = 0;
        Page.Dispose();
        _spelled.Dispose();
    }
}
