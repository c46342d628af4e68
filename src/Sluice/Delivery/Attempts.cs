namespace Sluice.Delivery;

/// <summary>The last hundred sendings of one destination, newest first when listed.</summary>
public sealed class Attempts
{
    private const int Kept = 100;

    private readonly Lock _lock = new();
    private readonly Queue<Attempt> _attempts = new();

    public void Add(Attempt attempt)
    {
        lock (_lock)
        {
            if (_attempts.Count == Kept) _attempts.Dequeue();
            _attempts.Enqueue(attempt);
        }
    }

    public IReadOnlyList<Attempt> List()
    {
        lock (_lock) return [.. _attempts.Reverse()];
    }
}

/// <param name="At">When it began, in nanoseconds since 1970.</param>
/// <param name="Result"><c>delivered</c>, <c>try_later</c>, <c>partly_refused</c> or <c>refused</c>.</param>
public sealed record Attempt(
    long At, long FirstSequence, long LastSequence, int Events, long Bytes, long DurationMilliseconds, string Result, string? Class, int? HttpStatus, string? Message);
