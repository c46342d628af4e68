namespace Sluice.Storage.Index;

/// <summary>Keeps of all places that are offered the nearest few of a slice, whatever the order in which they come.</summary>
internal sealed class TimeSelection(TimeSlice slice, int max)
{
    private static readonly Comparer<TimePlace> FarthestUp = Comparer<TimePlace>.Create((a, b) => b.CompareTo(a));

    private readonly PriorityQueue<TimePlace, TimePlace> _nearest = new(slice.Descending ? Comparer<TimePlace>.Default : FarthestUp);

    /// <summary>Whether a place between these times might be taken.</summary>
    public bool MayTake(TimeBounds bounds)
    {
        if (bounds.Greatest < slice.From.Time || bounds.Least > slice.To.Time) return false;
        if (_nearest.Count < max) return true;
        return slice.Descending ? bounds.Greatest >= _nearest.Peek().Time : bounds.Least <= _nearest.Peek().Time;
    }

    public void Offer(TimePlace place)
    {
        if (!slice.Contains(place)) return;
        if (_nearest.Count < max) _nearest.Enqueue(place, place);
        else if (slice.Descending ? place > _nearest.Peek() : place < _nearest.Peek()) _nearest.DequeueEnqueue(place, place);
    }

    /// <summary>Adds them in the slice's order.</summary>
    public void AddTo(List<TimePlace> places)
    {
        var first = places.Count;
        while (_nearest.TryDequeue(out var place, out _)) places.Add(place);
        places.Reverse(first, places.Count - first);
    }
}
