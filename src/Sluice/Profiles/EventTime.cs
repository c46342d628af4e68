using Sluice.Events;

namespace Sluice.Profiles;

/// <summary>Times as bodies spell them: nine fraction digits in UTC, in quotes.</summary>
internal static class EventTime
{
    /// <summary>Where the fraction begins, counted from the opening quote.</summary>
    public const int FractionStart = 21;

    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>Milliseconds since 1970.</summary>
    public static long Milliseconds(ReadOnlySpan<byte> json) =>
        Timestamp.TryParse(json[1..^1], out var nanoseconds) ? nanoseconds / NanosecondsPerMillisecond : 0;

    public static long Milliseconds(long nanoseconds) => nanoseconds / NanosecondsPerMillisecond;
}
