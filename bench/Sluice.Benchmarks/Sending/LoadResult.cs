using System.Diagnostics;

namespace Sluice.Benchmarks.Sending;

/// <summary>One request, answered; times as <see cref="Stopwatch"/> counts.</summary>
internal readonly record struct SentRequest(long StartedAt, long EndedAt, int Events)
{
    public double Milliseconds => Stopwatch.GetElapsedTime(StartedAt, EndedAt).TotalMilliseconds;
}

/// <summary>What became of a plan.</summary>
/// <param name="Unconfirmed">Events that an answer did not count as accepted.</param>
/// <param name="PutOff">Requests that were answered 429 or 503 and sent again.</param>
/// <param name="WorstDelay">How far the sender fell behind a given rate.</param>
internal sealed record LoadResult(long StartedAt, IReadOnlyList<SentRequest> Requests, long Unconfirmed, int PutOff, TimeSpan WorstDelay)
{
    public long Events { get; } = Requests.Sum(request => (long)request.Events);

    public double Seconds => Stopwatch.GetElapsedTime(StartedAt, Requests[^1].EndedAt).TotalSeconds;

    public double EventsPerSecond => Events / Seconds;

    public Percentiles Latency => Percentiles.Of(Requests.Select(request => request.Milliseconds));

    /// <summary>Events a second up to and after the moment when half of them were stored.</summary>
    public (double First, double Second) Halves()
    {
        var (events, at) = (0L, 0);
        while (events < Events / 2) events += Requests[at++].Events;
        var halfway = Requests[at - 1].EndedAt;
        return (events / Stopwatch.GetElapsedTime(StartedAt, halfway).TotalSeconds,
            (Events - events) / Stopwatch.GetElapsedTime(halfway, Requests[^1].EndedAt).TotalSeconds);
    }
}
