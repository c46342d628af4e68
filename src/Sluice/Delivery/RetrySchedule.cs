namespace Sluice.Delivery;

/// <summary>How long a stream waits after a failure: one second, doubling, at most five minutes, each a quarter shorter or longer by chance.</summary>
internal sealed class RetrySchedule(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(10);

    private TimeSpan _next = First;

    /// <param name="asked">What the destination asked for, if it did; honoured up to ten minutes.</param>
    public TimeSpan AfterFailure(TimeSpan? asked = null)
    {
        // Destinations that failed together must not come back together.
        var wait = Shorter(_next * (0.75 + random.NextDouble() / 2), Longest);
        _next = Shorter(_next * 2, Longest);
        return asked is { } time && time > TimeSpan.Zero ? Shorter(time, LongestAsked) : wait;
    }

    public void AfterSuccess() => _next = First;

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
