using Sluice.Streams;
using Sluice.Telemetry;

namespace Sluice.Delivery;

/// <summary>
/// Judges what came of a sending: confirms, waits out outages, splits what is too large or refused until single events remain, and judges those.
/// A refusal is a verdict on an event only where the destination took another one lately. Until then refused events are suspects: the cursor stays
/// before them, later events are tried, and whichever is taken first makes the suspects dead letters. Its calls never overlap.
/// </summary>
internal sealed class BatchDelivery(
    string destination, string kind, Window window, Outage outage, StreamProgress progress, DeliverySettings settings, DeliveryMetrics metrics, bool freezes)
{
    private bool _hintsHold = true;
    private Flight? _hinted;

    /// <summary>Why the destination is distrusted: it refused so many events in a row that nothing is said about any of them.</summary>
    public string? Distrust { get; private set; }

    /// <param name="abort">Ends it between writes.</param>
    public async ValueTask SettleAsync(Flight flight, DeliveryResult result, CancellationToken stop, CancellationToken abort)
    {
        switch (result)
        {
            case DeliveryResult.Answered answered:
                (flight.State, flight.Ending) = (FlightState.Answered, EndingOf(answered));
                flight.LetGo();
                break;
            case DeliveryResult.TryLater later:
                flight.State = FlightState.Waiting;
                await FailAsync(later, outage.IsNews(flight), stop);
                break;
            case DeliveryResult.TooLarge or DeliveryResult.Refused when flight.Count > 1:
                Split(flight, result);
                break;
            case DeliveryResult.Delivered:
                await ConfirmAsync(flight, [], abort);
                break;
            case DeliveryResult.PartlyRefused partly when Verdicts.TookSome(partly, flight.Count):
                await ConfirmAsync(flight, Verdicts.Letters(partly, i => flight[i], (refused, reason) => Letter(refused, reason, flight.Attempts)), abort, partly.Taken);
                break;
            default:
                await JudgeAsync(flight, result, abort);
                break;
        }
    }

    /// <summary>It was taken, whatever is thought of the destination otherwise.</summary>
    public ValueTask ConfirmAsync(Flight flight, CancellationToken abort) => ConfirmAsync(flight, [], abort);

    /// <summary>There is nothing left to try, and nothing was taken.</summary>
    public void DistrustSuspects() => Distrust = window.LastSuspicion;

    /// <summary>An outage: the cursor goes back before the first of the refusals, whose dead letters are taken back.</summary>
    public async ValueTask DistrustAsync(CancellationToken stop)
    {
        await progress.DistrustAsync(stop);
        await FailAsync(new DeliveryResult.TryLater(Distrust!, ErrorClass.Refused), true, stop);
        window.Reset(progress.Cursor);
        Distrust = null;
    }

    public bool IsTimeOver => TimeLeft() <= TimeSpan.Zero;

    /// <summary>The time for trying is over.</summary>
    public async ValueTask GiveUpAsync(CancellationToken stop)
    {
        await progress.GiveUpAsync(stop);
        metrics.GapOpened(destination, Gap.Exhausted);
    }

    /// <summary>Retention dropped what was not streamed yet; suspects among it are in its gap.</summary>
    public async ValueTask LoseAsync(long first, CancellationToken stop)
    {
        window.Lose(first);
        Note();
        if (progress.Cursor >= first - 1) return;
        await progress.LoseAsync(first, stop);
        metrics.GapOpened(destination, Gap.Retention);
    }

    /// <summary>Stores the boundaries of all that is not settled: from now on these batches are sent as they are, whoever sends them.</summary>
    public async ValueTask FreezeAsync(CancellationToken stop)
    {
        await progress.FreezeAsync(window.Boundaries(), stop);
        foreach (var flight in window.Open) flight.IsFrozen = true;
    }

    /// <summary>Moves past what is not for this stream.</summary>
    public ValueTask PassAsync()
    {
        Note();
        return progress.PassToAsync(window.Mark);
    }

    private static async Task<DeliveryResult?> EndingOf(DeliveryResult.Answered answered) => await answered.Acknowledged;

    private void Split(Flight flight, DeliveryResult result)
    {
        var place = result is DeliveryResult.Refused { Index: { } index } && _hintsHold && index >= 0 && index < flight.Count ? index : -1;
        if (place < 0) window.Halve(flight);
        else _hinted = window.Isolate(flight, place);
    }

    private async ValueTask ConfirmAsync(Flight flight, IReadOnlyList<DeadLetter> refused, CancellationToken abort, int taken = 0)
    {
        // Named as the bad one, and taken: what the destination says about places is worth nothing.
        if (flight == _hinted) _hintsHold = false;
        var isOver = !outage.IsOn || outage.IsNews(flight);
        if (isOver) outage.End();
        metrics.Delivered(destination, flight.Count - refused.Count + taken);
        if (flight.OldestAt is { } oldest) metrics.Confirmed(kind, oldest, progress.Now);
        window.Settle(flight);
        DeadLetter[] letters = [.. window.TakeSuspects(), .. refused];
        Note();
        var state = isOver ? progress.State.Delivered(progress.Now) : progress.State.Taken();
        if (letters.Length == 0) await progress.ConfirmAsync(window.Mark, state);
        else await SetAsideAsync(letters, state, abort);
    }

    private async ValueTask JudgeAsync(Flight flight, DeliveryResult result, CancellationToken abort)
    {
        foreach (var (single, i) in window.Singles(flight).Select((single, i) => (single, i)))
        {
            var letter = Letter(single[0], Verdicts.Reason(result, i), single.Attempts);
            if (progress.CountRefusal(letter.Sequence) >= StreamState.RefusalsOfAnOutage)
            {
                Distrust = Verdicts.Reason(result, 0);
                return;
            }

            if (Verdicts.IsVerdict(result, progress.State, window.HasSuspects)) await SetAsideAsync(single, letter, abort);
            else Suspect(single, letter);
        }
    }

    private async ValueTask SetAsideAsync(Flight single, DeadLetter letter, CancellationToken abort)
    {
        var isOver = !outage.IsOn || outage.IsNews(single);
        if (isOver) outage.Pass();
        window.Settle(single);
        Note();
        await SetAsideAsync([letter], isOver ? progress.State.Judged(progress.Now) : progress.State, abort);
    }

    private static void Suspect(Flight single, DeadLetter letter)
    {
        (single.State, single.Letter) = (FlightState.Suspect, letter);
        single.LetGo();
    }

    private async ValueTask SetAsideAsync(IReadOnlyList<DeadLetter> letters, StreamState state, CancellationToken abort)
    {
        await progress.SetAsideAsync(letters, window.Mark, state, abort);
        metrics.Refused(destination, letters.Count);
    }

    private async ValueTask FailAsync(DeliveryResult.TryLater failure, bool isNews, CancellationToken stop)
    {
        await progress.AttemptFailedAsync(failure.Class, failure.Reason);
        metrics.WillRetry(destination);
        if (isNews) outage.Begin(failure.After, TimeLeft(), stop);
    }

    private void Note()
    {
        if (freezes) progress.Note(window.Boundaries());
    }

    private TimeSpan TimeLeft()
    {
        var (status, firstFailure) = (progress.State.Status, progress.State.FirstFailureAt);
        // A destination that is being deleted has a deadline of its own.
        if (status == StreamStatus.Deleting || firstFailure is null) return TimeSpan.MaxValue;
        return settings.GiveUpAfter - TimeSpan.FromTicks((progress.Now - firstFailure.Value) / 100);
    }

    private DeadLetter Letter(OutgoingEvent refused, string reason, int attempts) => Verdicts.Letter(refused, reason, attempts, progress.Now);
}
