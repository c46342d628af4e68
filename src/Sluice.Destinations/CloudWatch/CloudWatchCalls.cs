using Sluice.Delivery;

namespace Sluice.Destinations.CloudWatch;

/// <param name="Time">Milliseconds since 1970.</param>
/// <param name="Index">Its place in the batch.</param>
internal readonly record struct TimedEvent(long Time, int Index);

/// <summary>What one call may hold: PutLogEvents refuses a call as a whole whose events are not in the order of their times, or lie more than a day apart.</summary>
internal static class CloudWatchCalls
{
    private static readonly long Day = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    /// <summary>The batch in the order of its times, those of one moment in the order of their sequences, cut where a day would be exceeded.</summary>
    public static IReadOnlyList<ArraySegment<TimedEvent>> Of(EventBatch batch)
    {
        var events = new TimedEvent[batch.Count];
        for (var i = 0; i < events.Length; i++) events[i] = new TimedEvent(EventTime.Milliseconds(batch[i]), i);
        Array.Sort(events, (a, b) => a.Time != b.Time ? a.Time.CompareTo(b.Time) : a.Index.CompareTo(b.Index));
        return Cut(events);
    }

    private static List<ArraySegment<TimedEvent>> Cut(TimedEvent[] events)
    {
        var calls = new List<ArraySegment<TimedEvent>>();
        var start = 0;
        for (var i = 1; i <= events.Length; i++)
        {
            if (i < events.Length && events[i].Time - events[start].Time < Day) continue;
            calls.Add(new ArraySegment<TimedEvent>(events, start, i - start));
            start = i;
        }

        return calls;
    }
}
