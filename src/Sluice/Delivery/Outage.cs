namespace Sluice.Delivery;

/// <summary>
/// Whether a destination is out of order, as far as its stream knows. Several batches can fail of one cause: only a sending that began after the last failure
/// is news, good or bad. While it lasts, one sending at a time finds out whether it is over.
/// </summary>
internal sealed class Outage(RetrySchedule schedule, TimeProvider time)
{
    private long _launches;
    private long _launchesAtFailure;

    public bool IsOn { get; private set; }

    /// <summary>Over when the next sending may begin.</summary>
    public Task Wait { get; private set; } = Task.CompletedTask;

    public TimeSpan Length { get; private set; }

    /// <summary>A sending begins.</summary>
    /// <returns>Its number.</returns>
    public long Launch() => ++_launches;

    public bool IsNews(Flight flight) => flight.Launch > _launchesAtFailure;

    /// <summary>The sending that finds out is under way.</summary>
    public bool IsProbing(Window window) => window.UnderWay.Any(IsNews);

    /// <param name="asked">What the destination asked to wait.</param>
    /// <param name="left">The time for trying; waiting goes no further.</param>
    public void Begin(TimeSpan? asked, TimeSpan left, CancellationToken stop)
    {
        var wait = schedule.AfterFailure(asked);
        if (wait > left) wait = left;
        (IsOn, _launchesAtFailure) = (true, _launches);
        (Length, Wait) = (wait, wait > TimeSpan.Zero ? Task.Delay(wait, time, stop) : Task.CompletedTask);
    }

    /// <summary>The destination answered, if only with a refusal: whoever waits next may be sent, and a failure counts on.</summary>
    public void Pass() => IsOn = false;

    public void End()
    {
        IsOn = false;
        schedule.AfterSuccess();
    }
}
