using Sluice.Streams;
using Sluice.Telemetry;

namespace Sluice.Delivery.Replays;

internal enum ReplayOutcome
{
    /// <summary>Every event was confirmed, set aside, or is a suspect.</summary>
    Settled,

    /// <summary>The destination refuses everything: read from the cursor again.</summary>
    ReadAgain,

    /// <summary>The time for trying is over.</summary>
    GivenUp,
}

/// <summary>
/// Brings one batch of a replay to its end, by the rules of streams: it waits out outages, splits what is too large or refused until single events remain,
/// and judges those. A refusal is a verdict only where the destination took another event lately; until then refused events are suspects, and the cursor
/// stays before them. One request is under way at a time, however many the stream may have.
/// </summary>
/// <param name="revision">As in <see cref="EventBatch.Revision"/>.</param>
internal sealed class ReplayDelivery(
    ReplayOrder order, int revision, BatchSender sender, ReplayProgress progress, RetrySchedule schedule, DeliverySettings settings, DeliveryMetrics metrics, TimeProvider time)
{
    private readonly List<DeadLetter> _suspects = [];

    /// <summary>The cursor must stay where it is.</summary>
    public bool HasSuspects => _suspects.Count > 0;

    /// <param name="stop">Ends it between attempts.</param>
    /// <param name="abort">Ends a running attempt too.</param>
    public async ValueTask<ReplayOutcome> RunAsync(SpelledEvents events, CancellationToken stop, CancellationToken abort)
    {
        var parts = new BatchParts(events.Count);
        while (parts.Next() is { } part)
        {
            stop.ThrowIfCancellationRequested();
            var batch = new EventBatch(order.DestinationId, events, part.Start, part.Count, revision, replayId: order.Id);
            var through = part.Start + part.Count == events.Count ? events.Through : batch.Last;
            var result = await SendAsync(batch, abort);
            switch (result)
            {
                case DeliveryResult.TryLater later:
                    parts.PutBack(part);
                    if (!await WaitAsync(later, stop)) return ReplayOutcome.GivenUp;
                    break;
                case DeliveryResult.TooLarge or DeliveryResult.Refused when part.Count > 1:
                    parts.PutBackInHalves(part);
                    break;
                case DeliveryResult.Delivered:
                    await ConfirmAsync(batch, [], through);
                    break;
                case DeliveryResult.PartlyRefused partly when Verdicts.TookSome(partly, part.Count):
                    await ConfirmAsync(batch, Verdicts.Letters(partly, i => batch[i], (refused, reason) => Letter(refused, reason, part.Attempts)), through);
                    break;
                default:
                    if (!await JudgeAsync(batch, result, part.Attempts, through)) return await DistrustAsync(Verdicts.Reason(result, 0), stop);
                    break;
            }
        }

        return ReplayOutcome.Settled;
    }

    /// <summary>There is nothing left to try, and nothing was taken: an outage.</summary>
    public ValueTask<ReplayOutcome> DistrustAsync(CancellationToken stop) => DistrustAsync(_suspects[^1].Reason, stop);

    /// <summary>Retention dropped what was not sent yet, suspects among it.</summary>
    public async ValueTask LoseAsync(long first)
    {
        _suspects.Clear();
        if (await progress.LoseAsync(first) is { } gap) metrics.GapOpened(order.DestinationId, gap.Reason);
    }

    /// <summary>What only answers is waited for: nothing else is on its way.</summary>
    private async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken abort)
    {
        var result = await sender.SendAsync(batch, abort);
        return result is DeliveryResult.Answered answered ? await answered.Acknowledged.WaitAsync(abort) : result;
    }

    private async ValueTask ConfirmAsync(EventBatch batch, IReadOnlyList<DeadLetter> refused, long through)
    {
        schedule.AfterSuccess();
        var not = refused.Select(letter => letter.Sequence).ToHashSet();
        long[] taken = [.. Enumerable.Range(0, batch.Count).Select(i => batch[i].Sequence).Where(sequence => !not.Contains(sequence))];
        DeadLetter[] letters = [.. _suspects, .. refused];
        await progress.ConfirmAsync(taken, letters, through);
        metrics.Delivered(order.DestinationId, taken.Length);
        metrics.Refused(order.DestinationId, letters.Length);
        _suspects.Clear();
    }

    /// <returns>False when so many were refused in a row that it is an outage.</returns>
    private async ValueTask<bool> JudgeAsync(EventBatch batch, DeliveryResult result, int attempts, long through)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var letter = Letter(batch[i], Verdicts.Reason(result, i), attempts);
            if (progress.CountRefusal(letter.Sequence) >= StreamState.RefusalsOfAnOutage) return false;
            if (!Verdicts.IsVerdict(result, progress.State, HasSuspects)) _suspects.Add(letter);
            else
            {
                await progress.SetAsideAsync(letter, i == batch.Count - 1 ? through : letter.Sequence);
                metrics.Refused(order.DestinationId, 1);
            }
        }

        return true;
    }

    private async ValueTask<ReplayOutcome> DistrustAsync(string reason, CancellationToken stop)
    {
        _suspects.Clear();
        await progress.DistrustAsync();
        return await WaitAsync(new DeliveryResult.TryLater(reason, ErrorClass.Refused), stop) ? ReplayOutcome.ReadAgain : ReplayOutcome.GivenUp;
    }

    /// <returns>False when the time for trying is over.</returns>
    private async ValueTask<bool> WaitAsync(DeliveryResult.TryLater failure, CancellationToken stop)
    {
        await progress.AttemptFailedAsync(failure.Class, failure.Reason);
        metrics.WillRetry(order.DestinationId);
        var left = TimeLeft();
        var wait = schedule.AfterFailure(failure.After);
        if (wait > left) wait = left;
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, stop);
        if (TimeLeft() > TimeSpan.Zero) return true;
        await progress.GiveUpAsync();
        return false;
    }

    private TimeSpan TimeLeft() => settings.GiveUpAfter - TimeSpan.FromTicks((progress.Now - (progress.State.FirstFailureAt ?? progress.Now)) / 100);

    private DeadLetter Letter(OutgoingEvent refused, string reason, int attempts) =>
        Verdicts.Letter(refused, reason, attempts, progress.Now) with { ReplayId = order.Id };
}
