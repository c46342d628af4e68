using Sluice.Events;

namespace Sluice.Storage;

/// <summary>An event's place among all in order of time: those of one instant follow in commit order, so that no two events have the same place.</summary>
/// <param name="Time">Nanoseconds since 1970.</param>
public readonly record struct TimePlace(long Time, long Sequence) : IComparable<TimePlace>
{
    public int CompareTo(TimePlace other) => Time != other.Time ? Time.CompareTo(other.Time) : Sequence.CompareTo(other.Sequence);

    public static bool operator <(TimePlace left, TimePlace right) => left.CompareTo(right) < 0;

    public static bool operator >(TimePlace left, TimePlace right) => left.CompareTo(right) > 0;

    public static bool operator <=(TimePlace left, TimePlace right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TimePlace left, TimePlace right) => left.CompareTo(right) >= 0;
}

/// <summary>Places from <paramref name="From"/> up to, not including, <paramref name="To"/>, walked upwards or downwards.</summary>
public readonly record struct TimeSlice(TimeKind Kind, TimePlace From, TimePlace To, bool Descending)
{
    /// <summary>Everything from one time to another, both included.</summary>
    public static TimeSlice Between(TimeKind kind, long from, long to, bool descending) =>
        new(kind, new TimePlace(from, 0), to == long.MaxValue ? new TimePlace(to, to) : new TimePlace(to + 1, 0), descending);

    public bool IsEmpty => From >= To;

    public bool Contains(TimePlace place) => place >= From && place < To;

    /// <summary>What is left once the walk has passed a place.</summary>
    public TimeSlice Behind(TimePlace place) => Descending ? this with { To = place } : this with { From = place with { Sequence = place.Sequence + 1 } };
}
