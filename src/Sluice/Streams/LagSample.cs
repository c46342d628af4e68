namespace Sluice.Streams;

/// <summary>How far a stream was behind at a minute of the last day.</summary>
/// <param name="At">A whole minute, in nanoseconds since 1970.</param>
/// <param name="Events">Events not confirmed yet.</param>
/// <param name="Seconds">How long the oldest of them had waited.</param>
public sealed record LagSample(long At, long Events, long Seconds)
{
    /// <summary>Nanoseconds from one to the next.</summary>
    public const long Step = 60_000_000_000;

    /// <summary>So many of a destination: a day.</summary>
    public const int Kept = 1_440;
}
