using System.Text;
using Sluice.Streams;
using Sluice.Telemetry;

namespace Sluice.Delivery;

internal enum BatchOutcome
{
    /// <summary>Every event was confirmed, set aside, or is a suspect.</summary>
    Settled,

    /// <summary>The destination refuses everything: read from the cursor again.</summary>
    ReadAgain,

    /// <summary>The time for trying is over.</summary>
    GivenUp,
}

/// <summary>
/// Brings one batch to its end: sends it, waits out outages, splits what is too large or refused until single events remain, and judges those.
/// A refusal is a verdict on an event only where the destination took another one lately. Until then refused events are suspects: the cursor stays
/// before them, later events are tried, and whichever is taken first makes the suspects dead letters.
/// </summary>
internal sealed class BatchDelivery(
    string destination, BatchSender sender, StreamProgress progress, RetrySchedule schedule, DeliverySettings settings, DeliveryMetrics metrics, TimeProvider time)
{
    private readonly List<DeadLetter> _suspects = [];

    /// <summary>The cursor must stay where it is.</summary>
    public bool HasSuspects => _suspects.Count > 0;

    /// <param name="through">Where the cursor goes when all is settled: at or behind the last event.</param>
    /// <param name="stop">Ends it between attempts.</param>
    /// <param name="abort">Ends a running attempt too.</param>
    public async ValueTask<BatchOutcome> RunAsync(EventBatch batch, long through, CancellationToken stop, CancellationToken abort)
    {
        var parts = new Bisection(batch.Count);
        while (!parts.IsDone)
        {
            stop.ThrowIfCancellationRequested();
            var place = parts.Attempt();
            var part = batch.Part(place.Start, place.Count);
            var result = await sender.SendAsync(part, abort);
            var end = place.Start + place.Count == batch.Count ? through : part.Last;
            switch (result)
            {
                case DeliveryResult.TryLater later:
                    if (!await WaitAsync(later, stop)) return BatchOutcome.GivenUp;
                    continue;
                case DeliveryResult.TooLarge or DeliveryResult.Refused when place.Count > 1:
                    parts.Split();
                    continue;
                case DeliveryResult.Delivered:
                    await ConfirmAsync(part.Count, [], end, abort);
                    break;
                case DeliveryResult.PartlyRefused partly when partly.Events.Count - partly.Taken < place.Count:
                    await ConfirmAsync(part.Count - partly.Events.Count + partly.Taken, Letters(part, partly, place.Attempts), end, abort);
                    break;
                default:
                    if (!await JudgeAsync(part, result, place.Attempts, end, abort)) return await DistrustAsync(Reason(result, 0), stop);
                    break;
            }

            parts.Next();
        }

        return BatchOutcome.Settled;
    }

    /// <summary>There is nothing left to try, and nothing was taken: an outage.</summary>
    public ValueTask<BatchOutcome> DistrustAsync(CancellationToken stop) => DistrustAsync(_suspects[^1].Reason, stop);

    /// <summary>Retention dropped what was not streamed yet; suspects among it are in its gap.</summary>
    public async ValueTask LoseAsync(long first, CancellationToken stop)
    {
        _suspects.Clear();
        await progress.LoseAsync(first, stop);
        metrics.GapOpened(destination, Gap.Retention);
    }

    private async ValueTask ConfirmAsync(int taken, IReadOnlyList<DeadLetter> refused, long through, CancellationToken abort)
    {
        schedule.AfterSuccess();
        metrics.Delivered(destination, taken);
        if (_suspects.Count + refused.Count == 0)
        {
            await progress.ConfirmAsync(through);
            return;
        }

        await SetAsideAsync([.. _suspects, .. refused], through, progress.State.Delivered(progress.Now), abort);
        _suspects.Clear();
    }

    /// <returns>False when so many were refused in a row that it is an outage.</returns>
    private async ValueTask<bool> JudgeAsync(EventBatch part, DeliveryResult result, int attempts, long through, CancellationToken abort)
    {
        for (var i = 0; i < part.Count; i++)
        {
            var letter = Letter(part[i], Reason(result, i), attempts);
            if (progress.CountRefusal(letter.Sequence) >= StreamState.RefusalsOfAnOutage) return false;
            var isVerdict = _suspects.Count == 0 && (progress.State.Trusted || result is DeliveryResult.TooLarge);
            if (isVerdict) await SetAsideAsync([letter], i == part.Count - 1 ? through : letter.Sequence, progress.State.Judged(progress.Now), abort);
            else _suspects.Add(letter);
        }

        return true;
    }

    private async ValueTask SetAsideAsync(IReadOnlyList<DeadLetter> letters, long through, StreamState state, CancellationToken abort)
    {
        await progress.SetAsideAsync(letters, through, state, abort);
        metrics.Refused(destination, letters.Count);
    }

    private async ValueTask<BatchOutcome> DistrustAsync(string reason, CancellationToken stop)
    {
        _suspects.Clear();
        await progress.DistrustAsync(stop);
        return await WaitAsync(new DeliveryResult.TryLater(reason, ErrorClass.Refused), stop) ? BatchOutcome.ReadAgain : BatchOutcome.GivenUp;
    }

    /// <returns>False when the time for trying is over.</returns>
    private async ValueTask<bool> WaitAsync(DeliveryResult.TryLater failure, CancellationToken stop)
    {
        await progress.AttemptFailedAsync(failure.Class, failure.Reason);
        metrics.WillRetry(destination);
        var left = TimeLeft();
        var wait = schedule.AfterFailure(failure.After);
        if (wait > left) wait = left;
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, stop);
        if (TimeLeft() > TimeSpan.Zero) return true;
        await progress.GiveUpAsync(stop);
        metrics.GapOpened(destination, Gap.Exhausted);
        return false;
    }

    private TimeSpan TimeLeft()
    {
        var (status, firstFailure) = (progress.State.Status, progress.State.FirstFailureAt);
        // A destination that is being deleted has a deadline of its own.
        if (status == StreamStatus.Deleting || firstFailure is null) return TimeSpan.MaxValue;
        return settings.GiveUpAfter - TimeSpan.FromTicks((progress.Now - firstFailure.Value) / 100);
    }

    private DeadLetter[] Letters(EventBatch part, DeliveryResult.PartlyRefused partly, int attempts) =>
        [.. partly.Events.OrderBy(refused => refused.Index).Select(refused => Letter(part[refused.Index], refused.Reason, attempts))];

    private DeadLetter Letter(OutgoingEvent refused, string reason, int attempts)
    {
        var head = refused.Head;
        return new DeadLetter(
            refused.Sequence, Encoding.UTF8.GetString(head.Id), Encoding.UTF8.GetString(head.TenantId), reason, ErrorClass.Refused, progress.Now, attempts);
    }

    private static string Reason(DeliveryResult result, int index) => result switch
    {
        DeliveryResult.Refused refused => refused.Reason,
        DeliveryResult.PartlyRefused partly => partly.Events.FirstOrDefault(refused => refused.Index == index).Reason ?? "The destination refuses it.",
        _ => "The event alone is too large for the destination.",
    };
}
