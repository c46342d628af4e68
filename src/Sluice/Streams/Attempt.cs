namespace Sluice.Streams;

/// <summary>One sending of a destination.</summary>
/// <param name="Number">Counts the destination's sendings, from 1.</param>
/// <param name="At">When it began, in nanoseconds since 1970.</param>
/// <param name="Result"><c>delivered</c>, <c>try_later</c>, <c>partly_refused</c> or <c>refused</c>.</param>
public sealed record Attempt(
    long Number, long At, long FirstSequence, long LastSequence, int Events, long Bytes, long DurationMilliseconds, string Result, string? Class, int? HttpStatus, string? Message)
{
    /// <summary>So many of a destination are kept, the newest.</summary>
    public const int Kept = 100;
}
