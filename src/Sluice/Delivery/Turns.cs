namespace Sluice.Delivery;

/// <summary>
/// How often the streams of a node look for new events, all of them together. A look that finds a few events costs nearly as much as one that finds hundreds, and
/// with many streams the few would take the processors away from ingest. So looks take turns: few streams never wait for theirs, many wait some milliseconds each,
/// and find more then. Whoever has a lot waiting needs no turn.
/// </summary>
internal sealed class Turns
{
    /// <summary>Looks a second for each processor.</summary>
    private const int PerSecond = 500;

    /// <summary>Turns that were not taken can be taken at once later: so many.</summary>
    private const int Saved = 64;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly long _between;
    private long _next = long.MinValue;

    public Turns(TimeProvider time, int processors) => (_time, _between) = (time, time.TimestampFrequency / (PerSecond * processors));

    private Turns() => (_time, _between) = (TimeProvider.System, 0);

    /// <summary>Nobody waits.</summary>
    public static Turns Unlimited { get; } = new();

    /// <summary>Queues for a turn.</summary>
    /// <returns>Over when it has come.</returns>
    public Task TakeAsync(CancellationToken cancellation)
    {
        if (_between == 0) return Task.CompletedTask;
        var now = _time.GetTimestamp();
        long turn;
        lock (_lock)
        {
            turn = Math.Max(_next, now - (Saved * _between));
            _next = turn + _between;
        }

        return turn <= now ? Task.CompletedTask : Task.Delay(_time.GetElapsedTime(now, turn), _time, cancellation);
    }
}
