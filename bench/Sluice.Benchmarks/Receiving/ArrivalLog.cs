using System.Diagnostics;
using Sluice.Benchmarks.Workload;

namespace Sluice.Benchmarks.Receiving;

/// <summary>When each of a range of events arrived, and whether any is missing, came twice or came late. One thread writes, others read the counts.</summary>
/// <param name="idsRecur">An event's id may stand in a request more than once, as with kinds that put it into an envelope too.</param>
internal sealed class ArrivalLog(long first, long events, bool idsRecur = false)
{
    private readonly long[] _arrivedAt = new long[events];
    private long _arrived, _repeated, _late, _highest;

    public long Expected => events;

    public long Arrived => Volatile.Read(ref _arrived);

    public long Missing => events - Arrived;

    public long Repeated => Volatile.Read(ref _repeated);

    /// <summary>Events that arrived after one of a higher index; means something only when one connection sent them all.</summary>
    public long OutOfOrder => Volatile.Read(ref _late);

    public long FirstAt { get; private set; }

    public long LastAt { get; private set; }

    public double Seconds => Stopwatch.GetElapsedTime(FirstAt, LastAt).TotalSeconds;

    /// <summary>When the event at a place arrived; 0 when it did not.</summary>
    public long At(long place) => _arrivedAt[place];

    public void Record(ReadOnlySpan<byte> body)
    {
        var now = Stopwatch.GetTimestamp();
        var arrived = 0;
        while (EventMarker.TryNext(ref body, out var index))
        {
            var place = index - first;
            if (place < 0 || place >= events) continue;
            if (idsRecur && _arrivedAt[place] == now) continue;
            if (_arrivedAt[place] != 0)
            {
                Volatile.Write(ref _repeated, _repeated + 1);
                continue;
            }

            _arrivedAt[place] = now;
            arrived++;
            if (place < _highest) Volatile.Write(ref _late, _late + 1);
            else _highest = place;
        }

        if (arrived == 0) return;
        if (FirstAt == 0) FirstAt = now;
        LastAt = now;
        Volatile.Write(ref _arrived, _arrived + arrived);
    }
}
