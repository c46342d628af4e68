using Microsoft.Extensions.Logging;
using Sluice.Events;
using Sluice.Storage;
using Sluice.Streams;

namespace Sluice.Delivery.Replays;

/// <summary>
/// Owns where a replay stands while it runs here, and keeps it. Unlike a stream it waits for a store that cannot write: nobody is behind it who must not
/// wait. Whatever keeps something throws <see cref="StaleReplayException"/> once the replay was ended or another node has it.
/// </summary>
/// <param name="abort">Ends the waiting for a store.</param>
internal sealed partial class ReplayProgress(StoredReplay replay, ReplayStore store, Attempts attempts, DeliverySettings settings, TimeProvider time, ILogger logger, CancellationToken abort)
{
    /// <summary>A cursor that only passed events which are not for this replay is kept after so many, or after a second.</summary>
    private const long MostUnsaved = 10_000;

    private static readonly TimeSpan LongestUnsaved = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SaveAgainAfter = TimeSpan.FromSeconds(1);

    // Suspects are not remembered over a restart, so neither is their count.
    private ReplayStanding _standing = replay.Standing with { State = replay.Standing.State.Trusted ? replay.Standing.State : replay.Standing.State.Distrusted() };
    private long _savedCursor = replay.Standing.Cursor;
    private long _savedAt = time.GetTimestamp();
    private bool _saveFails;

    /// <summary>Refused events that were set aside since the destination last took one. Where it is trusted those are all of the run.</summary>
    private long _judgedInRow = replay.Standing.State is { Trusted: true, Run.Count: var judged } ? judged : 0;

    public ReplayOrder Order => replay.Order;

    public long Cursor => _standing.Cursor;

    public StreamState State => _standing.State;

    public long Now => Timestamp.Now(time);

    /// <summary>Moves past events that are not for this replay.</summary>
    public ValueTask PassToAsync(long sequence)
    {
        if (sequence <= Cursor) return ValueTask.CompletedTask;
        _standing = _standing with { Cursor = sequence };
        var isToKeep = sequence - _savedCursor >= MostUnsaved || time.GetElapsedTime(_savedAt) >= LongestUnsaved;
        return isToKeep ? KeepAsync(new ReplayChange(Order, _standing), isDurable: false) : ValueTask.CompletedTask;
    }

    /// <summary>The destination took these events, and everything up to here is settled with these dead letters.</summary>
    public ValueTask ConfirmAsync(IReadOnlyList<long> taken, IReadOnlyList<DeadLetter> letters, long through)
    {
        _judgedInRow = 0;
        var standing = _standing with { Cursor = through, Sent = _standing.Sent + taken.Count, Refused = _standing.Refused + letters.Count, State = State.Delivered(Now) };
        return KeepAsync(new ReplayChange(Order, standing) { Taken = taken, DeadLetters = letters }, isDurable: letters.Count > 0);
    }

    public ValueTask AttemptFailedAsync(ErrorClass error, string message)
    {
        if (State.FirstFailureAt is null) Log.WillRetry(logger, Order.Id, Order.DestinationId, error.Name(), message);
        return KeepAsync(new ReplayChange(Order, _standing with { State = State.AttemptFailed(Now, error, message) }), isDurable: false);
    }

    /// <summary>Of dead letters nothing is counted: each was judged before, and stays in the list when it is refused again.</summary>
    public int CountRefusal(long sequence)
    {
        if (Order.Source == ReplaySource.DeadLetters) return 1;
        _standing = _standing with { State = State.Refused(sequence) };
        return State.Run!.Count;
    }

    /// <summary>Makes a dead letter durable, and only then passes it.</summary>
    public ValueTask SetAsideAsync(DeadLetter letter, long through)
    {
        _judgedInRow++;
        return KeepAsync(new ReplayChange(Order, _standing with { Cursor = through, Refused = _standing.Refused + 1, State = State.Judged(Now) }) { DeadLetters = [letter] });
    }

    /// <summary>Everything was refused for too long: the refusals were no verdicts, so the cursor goes back before the first of them.</summary>
    public ValueTask DistrustAsync()
    {
        var first = State.Run!.First;
        var standing = _standing with { Cursor = Math.Min(Cursor, first - 1), Refused = _standing.Refused - _judgedInRow, State = State.Distrusted() };
        _judgedInRow = 0;
        return KeepAsync(new ReplayChange(Order, standing) { WithdrawFrom = first });
    }

    public async ValueTask GiveUpAsync()
    {
        var reason = $"The destination took nothing for {Described(settings.GiveUpAfter)}: {State.LastError?.Message} Begin a replay from {Cursor + 1} when that is mended.";
        await KeepAsync(new ReplayChange(Order, _standing with { Status = ReplayStatus.Failed, State = State.GivenUp(Now), Reason = reason, EndedAt = Now }));
        Log.Failed(logger, Order.Id, Order.DestinationId, Cursor);
    }

    /// <summary>Retention dropped what was not sent yet: the cursor goes before this sequence.</summary>
    /// <returns>Inside a gap that is refilled, what cannot be is a gap of its own.</returns>
    public async ValueTask<Gap?> LoseAsync(long first)
    {
        var last = Math.Min(first - 1, Order.Last);
        var gap = Order.Source == ReplaySource.Gap ? Gap.Open(Gap.Retention, Cursor + 1, Now).Close(last, Now) with { Count = last - Cursor } : null;
        Log.Lost(logger, Cursor + 1, last, Order.Id, Order.DestinationId);
        await KeepAsync(new ReplayChange(Order, _standing with { Cursor = last, FirstAvailable = first, State = State with { Run = null } }) { Gap = gap });
        return gap;
    }

    /// <summary>Every event was taken or set aside.</summary>
    public async ValueTask CompleteAsync()
    {
        await KeepAsync(new ReplayChange(Order, _standing with { Status = ReplayStatus.Completed, Cursor = Order.Last, EndedAt = Now }));
        Log.Completed(logger, Order.Id, Order.DestinationId, _standing.Sent, _standing.Refused);
    }

    private async ValueTask KeepAsync(ReplayChange change, bool isDurable = true)
    {
        change = change with { Attempts = attempts.Waiting() };
        while (!await TryKeepAsync(change, isDurable)) await Task.Delay(SaveAgainAfter, time, abort);
        attempts.AreStored(change.Attempts);
        _standing = change.Standing;
        (_savedCursor, _savedAt) = (Cursor, time.GetTimestamp());
        foreach (var letter in change.DeadLetters) Log.SetAside(logger, Order.DestinationId, letter.Sequence, Order.Id, letter.Reason);
    }

    private async ValueTask<bool> TryKeepAsync(ReplayChange change, bool isDurable)
    {
        try
        {
            if (isDurable) await store.SaveAsync(change, replay.Fence);
            else await store.SaveProgressAsync(change, replay.Fence);
            _saveFails = false;
            return true;
        }
        catch (StorageUnavailableException problem)
        {
            if (!_saveFails) Log.NotSaved(logger, Order.Id, problem.Message);
            _saveFails = true;
            return false;
        }
    }

    private static string Described(TimeSpan span) => span.TotalHours >= 1 ? $"{span.TotalHours:0.#} h" : $"{span.TotalSeconds:0.#} s";

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Replay {Replay} of destination {Destination} is not taken ({Class}) and tried again: {Reason}")]
        public static partial void WillRetry(ILogger logger, string replay, string destination, string @class, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Destination {Destination} refuses event {Sequence} of replay {Replay}, which is set aside: {Reason}")]
        public static partial void SetAside(ILogger logger, string destination, long sequence, string replay, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Replay {Replay} of destination {Destination} has failed; everything up to {Cursor} was sent.")]
        public static partial void Failed(ILogger logger, string replay, string destination, long cursor);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Retention removed events {First} to {Last} before replay {Replay} of destination {Destination} reached them.")]
        public static partial void Lost(ILogger logger, long first, long last, string replay, string destination);

        [LoggerMessage(Level = LogLevel.Information, Message = "Replay {Replay} of destination {Destination} has completed: {Sent} events taken, {Refused} refused.")]
        public static partial void Completed(ILogger logger, string replay, string destination, long sent, long refused);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Where replay {Replay} stands could not be saved; it waits: {Reason}")]
        public static partial void NotSaved(ILogger logger, string replay, string reason);
    }
}
