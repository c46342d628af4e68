namespace Sluice.Streams;

/// <summary>Where the events of a replay come from.</summary>
public enum ReplaySource
{
    /// <summary>The events of a range that pass the filter.</summary>
    Range,

    /// <summary>The same, and the range is a gap that is refilled with it.</summary>
    Gap,

    /// <summary>The destination's dead letters.</summary>
    DeadLetters,
}

/// <summary>A replay as it was asked for; nothing of it changes.</summary>
/// <param name="First">The first sequence; sequences below are not looked at.</param>
/// <param name="Last">The last one.</param>
/// <param name="Filter">Only events that match it and that the destination's own filter lets through.</param>
/// <param name="EventsPerSecond">At most so many; null for as fast as the destination takes them.</param>
public sealed record ReplayOrder(
    string Id, string DestinationId, ReplaySource Source, long First, long Last, string? Filter, int? EventsPerSecond, long CreatedAt)
{
    /// <summary>A destination has at most so many that run.</summary>
    public const int MostRunning = 4;

    /// <summary>So many of a destination that have ended are remembered, the newest.</summary>
    public const int Remembered = 100;

    /// <summary>One order names at most so many dead letters.</summary>
    public const int MostSequences = 1_000;

    /// <summary>The gap that it refills.</summary>
    public string? GapId { get; init; }

    /// <summary>Only these dead letters, in order; null for all of the range.</summary>
    public IReadOnlyList<long>? Sequences { get; init; }
}
