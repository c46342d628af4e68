using System.Runtime.InteropServices;

namespace Sluice.Storage.Index;

/// <summary>Keeps of all places that are offered the nearest few of a slice, whatever the order in which they come. It holds at most twice as many, and a block.</summary>
internal sealed class TimeSelection(TimeSlice slice, int max)
{
    private readonly List<TimePlace> _found = [];

    /// <summary>Once enough are found: nothing beyond it is among the nearest.</summary>
    private TimePlace? _farthest;

    /// <summary>Whether a place between these times might be taken.</summary>
    public bool MayTake(TimeBounds bounds)
    {
        if (bounds.Greatest < slice.From.Time || bounds.Least > slice.To.Time) return false;
        if (_farthest is not { } farthest) return true;
        return slice.Descending ? bounds.Greatest >= farthest.Time : bounds.Least <= farthest.Time;
    }

    public void Offer(TimePlace place)
    {
        if (!slice.Contains(place)) return;
        if (_farthest is { } farthest && (slice.Descending ? place < farthest : place > farthest)) return;
        _found.Add(place);
    }

    /// <summary>A block was offered: lets go of what is surely too far.</summary>
    public void EndBlock()
    {
        if (_found.Count >= (_farthest is null ? max : 2 * max)) Cut();
    }

    /// <summary>Adds them in the slice's order.</summary>
    public void AddTo(List<TimePlace> places)
    {
        Cut();
        if (slice.Descending) _found.Reverse();
        places.AddRange(_found);
    }

    private void Cut()
    {
        CollectionsMarshal.AsSpan(_found).Sort();
        if (_found.Count < max) return;
        if (slice.Descending) _found.RemoveRange(0, _found.Count - max);
        else _found.RemoveRange(max, _found.Count - max);
        _farthest = slice.Descending ? _found[0] : _found[^1];
    }
}
