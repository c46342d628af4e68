using Sluice.Delivery.Definitions;
using Sluice.Storage;
using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>A destination as its user may see it.</summary>
/// <param name="Gaps">Gaps that nothing refilled.</param>
public sealed record DestinationView(DestinationDefinition Definition, long Cursor, StreamState State, StreamLag Lag, long DeadLetters, long Gaps, StreamTotals Totals);

/// <summary>How far a stream is behind.</summary>
/// <param name="Events">Sequences behind its cursor, also of events that its filter will keep back.</param>
/// <param name="OldestPendingAt">When the first of them was persisted, in nanoseconds since 1970.</param>
public readonly record struct StreamLag(long Events, long Seconds, long? OldestPendingAt)
{
    internal static async ValueTask<StreamLag> OfAsync(ILedgerReader ledger, long cursor, StreamStatus status, long now, CancellationToken cancellation)
    {
        var first = Math.Max(cursor + 1, ledger.First);
        var pending = ledger.Size - first;
        if (pending <= 0 || status is StreamStatus.Disabled or StreamStatus.Deleted) return default;
        var oldest = await StartPosition.PersistedAtAsync(ledger, first, cancellation);
        return new StreamLag(pending, oldest is { } at ? Math.Max(0, (now - at) / 1_000_000_000) : 0, oldest);
    }
}

/// <summary>What came of sending one event that is marked as a test.</summary>
public sealed record TestResult(bool Ok, ErrorClass? Class, int? HttpStatus, long DurationMilliseconds, long SentBytes, string? Answer)
{
    internal static TestResult Of(DeliveryResult result, TimeSpan duration)
    {
        (ErrorClass? error, string? reason) = result switch
        {
            DeliveryResult.Delivered or DeliveryResult.Answered => default((ErrorClass?, string?)),
            DeliveryResult.TryLater later => (later.Class, later.Reason),
            DeliveryResult.Refused refused => (ErrorClass.Refused, refused.Reason),
            DeliveryResult.PartlyRefused { Events: [var first, ..] } => (ErrorClass.Refused, first.Reason),
            _ => (ErrorClass.Refused, "The event alone is too large for the destination."),
        };
        return new TestResult(error is null, error, result.HttpStatus, (long)duration.TotalMilliseconds, result.SentBytes, Shown(result, reason));
    }

    /// <summary>What the destination said; where it claims success and there was none, before that why not.</summary>
    private static string? Shown(DeliveryResult result, string? reason)
    {
        if (result.Answer is not { } answer) return reason;
        return reason is not null && result.HttpStatus is >= 200 and < 300 ? ShownText.Cut($"{reason} {answer}") : answer;
    }
}
