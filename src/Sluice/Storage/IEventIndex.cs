namespace Sluice.Storage;

/// <summary>
/// Proposes the events that may match, in sequence order. It may propose one too many (a hash is 44 bits), never one too few:
/// the caller confirms each against its body.
/// </summary>
public interface IEventIndex
{
    /// <summary>
    /// Adds at most <paramref name="max"/> sequences to <paramref name="candidates"/>, in the direction of the span, and returns where to go on:
    /// null when the span is done.
    /// </summary>
    ValueTask<SequenceSpan?> FindAsync(IndexTerm term, SequenceSpan span, List<long> candidates, int max, CancellationToken cancellation);

    /// <summary>
    /// Adds the nearest <paramref name="max"/> candidates of a slice of time, in its order; fewer only when there are no more. Of the events it takes those
    /// of the span of sequences; the span's direction does not matter.
    /// </summary>
    ValueTask FindByTimeAsync(IndexTerm term, SequenceSpan span, TimeSlice slice, List<TimePlace> places, int max, CancellationToken cancellation);

    /// <summary>Cuts off the beginning of a span where surely no event lies in the slice of time.</summary>
    SequenceSpan Narrow(SequenceSpan span, TimeSlice slice);
}

/// <summary>Sequences from <paramref name="First"/> up to, not including, <paramref name="End"/>, walked upwards or downwards.</summary>
public readonly record struct SequenceSpan(long First, long End, bool Descending)
{
    public bool IsEmpty => First >= End;
}
