namespace Sluice.Tests.Fakes;

/// <summary>A clock with timers that stands still until a test moves it.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private long _ticks = new DateTimeOffset(2026, 3, 15, 8, 0, 0, TimeSpan.Zero).UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (_gate) _timers.Add(timer);
        return timer;
    }

    /// <summary>Moves the clock and runs what became due.</summary>
    public void Advance(TimeSpan by)
    {
        var now = Interlocked.Add(ref _ticks, by.Ticks);
        Timer[] due;
        lock (_gate) due = _timers.Where(timer => timer.TakeIfDue(now)).ToArray();
        foreach (var timer in due) timer.Run();
    }

    /// <summary>Returns once somebody waits for a time that <see cref="Advance"/> by this much would reach.</summary>
    public async Task SomebodyWaitsAsync(TimeSpan within)
    {
        while (true)
        {
            lock (_gate)
                if (_timers.Any(timer => timer.DueAt <= GetTimestamp() + within.Ticks)) return;
            await Task.Yield();
        }
    }

    private sealed class Timer(SteppedTime time, Action run) : ITimer
    {
        public long DueAt { get; private set; } = long.MaxValue;

        public Action Run => run;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            DueAt = dueTime < TimeSpan.Zero ? long.MaxValue : time.GetTimestamp() + dueTime.Ticks;
            return true;
        }

        public bool TakeIfDue(long now)
        {
            if (DueAt > now) return false;
            DueAt = long.MaxValue;
            return true;
        }

        public void Dispose()
        {
            lock (time._gate) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
