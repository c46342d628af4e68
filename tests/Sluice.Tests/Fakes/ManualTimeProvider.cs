namespace Sluice.Tests.Fakes;

/// <summary>A clock that stands still until a test moves it.</summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly Dictionary<TimeSpan, long> _asked = [];
    private DateTimeOffset _now = new(2026, 3, 15, 8, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan span) => AdvanceTo(GetUtcNow() + span);

    /// <summary>Moves to the next timer that waits for something else than an answer's timeout.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryAdvanceToNext(TimeSpan ignored)
    {
        DateTimeOffset next;
        lock (_lock)
        {
            var waiting = _timers.Where(timer => timer.Due is not null && timer.Asked != ignored).ToList();
            if (waiting.Count == 0) return false;
            next = waiting.Min(timer => timer.Due!.Value);
        }

        AdvanceTo(next);
        return true;
    }

    /// <summary>Moves on by a time if a timer of that length runs: whoever set it has come to its wait.</summary>
    public void AdvanceIfAsked(TimeSpan span)
    {
        if (IsAsked(span)) Advance(span);
    }

    /// <summary>Whether a timer of this length runs.</summary>
    public bool IsAsked(TimeSpan span)
    {
        lock (_lock) return _timers.Any(timer => timer.Due is not null && timer.Asked == span);
    }

    /// <summary>Timers of this length that were ever set.</summary>
    public long TimesAsked(TimeSpan span)
    {
        lock (_lock) return _asked.GetValueOrDefault(span);
    }

    private void AdvanceTo(DateTimeOffset end)
    {
        while (TakeDue(end) is { } timer) timer.Fire();
        lock (_lock) _now = end > _now ? end : _now;
    }

    private ManualTimer? TakeDue(DateTimeOffset end)
    {
        lock (_lock)
        {
            var next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next is null) return null;
            if (next.Due > _now) _now = next.Due.Value;
            next.Due = null;
            return next;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider time, Action fire) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public TimeSpan Asked { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                Asked = dueTime;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : time._now + dueTime;
                time._timers.Remove(this);
                if (Due is not null) time._timers.Add(this);
                time._asked[dueTime] = time._asked.GetValueOrDefault(dueTime) + 1;
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._lock) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
