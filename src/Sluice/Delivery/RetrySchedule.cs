namespace Sluice.Delivery;

/// <summary>How long a stream waits after a failure: as set at first, then doubling up to the longest, each a quarter shorter or longer by chance.</summary>
internal sealed class RetrySchedule(DeliverySettings settings, Random random)
{
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(10);

    private TimeSpan _next = settings.FirstRetryAfter;

    private TimeSpan Longest => settings.LongestRetryAfter;

    /// <param name="asked">What the destination asked for, if it did; honoured up to ten minutes.</param>
    public TimeSpan AfterFailure(TimeSpan? asked = null)
    {
        // Destinations that failed together must not come back together.
        var wait = Shorter(_next * (0.75 + random.NextDouble() / 2), Longest);
        _next = Shorter(_next * 2, Longest);
        return asked is { } time && time > TimeSpan.Zero ? Shorter(time, LongestAsked) : wait;
    }

    public void AfterSuccess() => _next = settings.FirstRetryAfter;

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
