namespace Sluice.Delivery.Replays;

/// <summary>Keeps a replay at its pace: a batch holds no more than the events of one second, and the next one leaves when the time of its events is over.</summary>
internal sealed class ReplayPace(int? eventsPerSecond, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();
    private TimeSpan _free;

    public BatchLimits Limit(BatchLimits limits) => eventsPerSecond is { } most && most < limits.Events ? limits with { Events = most } : limits;

    /// <summary>Returns when so many events may leave.</summary>
    public async ValueTask WaitAsync(int events, CancellationToken cancellation)
    {
        if (eventsPerSecond is not { } most) return;
        var wait = _free - time.GetElapsedTime(_began);
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellation);
        var now = time.GetElapsedTime(_began);
        _free = (now > _free ? now : _free) + TimeSpan.FromSeconds((double)events / most);
    }
}
