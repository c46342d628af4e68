namespace Sluice.Streams;

/// <summary>One sending of a stream or of a replay.</summary>
/// <param name="Number">Counts the sendings of its stream or its replay, from 1.</param>
/// <param name="At">When it began, in nanoseconds since 1970.</param>
/// <param name="Result"><c>delivered</c>, <c>try_later</c>, <c>partly_refused</c> or <c>refused</c>.</param>
public sealed record Attempt(
    long Number, long At, long FirstSequence, long LastSequence, int Events, long Bytes, long DurationMilliseconds, string Result, string? Class, int? HttpStatus, string? Message)
{
    /// <summary>So many of a stream and of each replay are kept, the newest.</summary>
    public const int Kept = 100;
}
