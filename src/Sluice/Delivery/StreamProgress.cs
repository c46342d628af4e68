using Microsoft.Extensions.Logging;
using Sluice.Delivery.Definitions;
using Sluice.Events;
using Sluice.SelfAudit;
using Sluice.Storage;
using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>Where a stream stands, as one consistent reading.</summary>
internal sealed record StreamSnapshot(long Cursor, StreamState State);

/// <summary>
/// Owns a stream's cursor and state: the one place where they change while it runs, and where they are kept. The cursor never passes an event
/// that was neither confirmed nor durably set aside. Whatever keeps something throws <see cref="StaleStreamException"/> once another node has the stream.
/// </summary>
/// <param name="fence">Of the taking under which the stream runs.</param>
internal sealed partial class StreamProgress(string id, long fence, StreamSnapshot snapshot, Attempts attempts, StreamStore store, TimeProvider time, ILogger logger)
{
    /// <summary>A cursor that only passed events which are not for this stream is kept after so many, or after a second.</summary>
    private const long MostUnsaved = 10_000;

    private static readonly TimeSpan LongestUnsaved = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SaveAgainAfter = TimeSpan.FromSeconds(1);

    // Suspects are not remembered over a restart, so neither is their count.
    private volatile StreamSnapshot _snapshot = snapshot.State.Trusted ? snapshot : snapshot with { State = snapshot.State.Distrusted() };
    private long _savedCursor = snapshot.Cursor;
    private long _savedAt = time.GetTimestamp();
    private bool _saveFails;
    private OwnEvent? _untold;
    private long _oldestPendingAt;

    /// <summary>What it is the stream of, for whom its trouble is told.</summary>
    public required Func<DestinationDefinition> About { get; init; }

    public StreamSnapshot Snapshot => _snapshot;

    public long Cursor => _snapshot.Cursor;

    public StreamState State => _snapshot.State;

    public long Now => Timestamp.Now(time);

    /// <summary>The cursor has passed events since it was last kept.</summary>
    public bool HasUnkept => Cursor != _savedCursor;

    /// <summary>After this long a cursor is kept that only passed events.</summary>
    public Task QuietAsync(CancellationToken cancellation) => Task.Delay(LongestUnsaved, time, cancellation);

    /// <summary>When the oldest event that waits for the destination was stored, as far as the stream has read; null when none waits.</summary>
    public long? OldestPendingAt
    {
        get => Interlocked.Read(ref _oldestPendingAt) is > 0 and var at ? at : null;
        set => Interlocked.Exchange(ref _oldestPendingAt, value ?? 0);
    }

    /// <summary>Moves past events that the filter keeps back.</summary>
    public ValueTask PassToAsync(long sequence)
    {
        if (sequence <= Cursor) return ValueTask.CompletedTask;
        _snapshot = _snapshot with { Cursor = sequence };
        return sequence - _savedCursor >= MostUnsaved || time.GetElapsedTime(_savedAt) >= LongestUnsaved ? KeepAsync() : ValueTask.CompletedTask;
    }

    /// <summary>The destination confirmed something, and everything up to here is settled.</summary>
    public ValueTask ConfirmAsync(long through, StreamState state) => BecomeAsync(through, state);

    /// <summary>Notes which batches are not settled; it is kept with whatever is kept next.</summary>
    public void Note(IReadOnlyList<FrozenBatch> frozen) => _snapshot = _snapshot with { State = State with { Frozen = frozen.Count > 0 ? frozen : null } };

    /// <summary>Makes the boundaries of batches durable.</summary>
    public ValueTask FreezeAsync(IReadOnlyList<FrozenBatch> frozen, CancellationToken cancellation) =>
        SaveAsync(new StreamChange(id, Cursor, State with { Frozen = frozen }), cancellation);

    public ValueTask AttemptFailedAsync(ErrorClass error, string message) => BecomeAsync(Cursor, State.AttemptFailed(Now, error, message));

    /// <summary>What came of a heartbeat; the cursor stays. One that was taken says nothing about events that were refused.</summary>
    public ValueTask HeartbeatEndedAsync((ErrorClass Class, string Message)? failure)
    {
        if (failure is { } error) return BecomeAsync(Cursor, State.HeartbeatFailed(Now, error.Class, error.Message));
        return State.Status == StreamStatus.Degraded ? BecomeAsync(Cursor, State.Judged(Now)) : ValueTask.CompletedTask;
    }

    /// <summary>Counts a refused event; nothing is kept of it yet.</summary>
    public int CountRefusal(long sequence)
    {
        _snapshot = _snapshot with { State = State.Refused(sequence) };
        return State.Run!.Count;
    }

    /// <summary>Makes dead letters durable, and only then passes them.</summary>
    public async ValueTask SetAsideAsync(IReadOnlyList<DeadLetter> letters, long through, StreamState state, CancellationToken cancellation)
    {
        await SaveAsync(new StreamChange(id, through, state) { DeadLetters = letters }, cancellation);
        foreach (var letter in letters) Log.SetAside(logger, id, letter.Sequence, letter.Reason);
    }

    /// <summary>Everything was refused for too long: the refusals were no verdicts, so the cursor goes back before the first of them.</summary>
    public async ValueTask DistrustAsync(CancellationToken cancellation)
    {
        var first = State.Run!.First;
        // What comes behind is cut anew; the same events under the same name are the same bytes.
        var state = State.Distrusted() with { Frozen = null };
        await SaveAsync(new StreamChange(id, Math.Min(Cursor, first - 1), state) { WithdrawFrom = first }, cancellation);
    }

    public ValueTask GiveUpAsync(CancellationToken cancellation) =>
        GiveUpAsync(State.GivenUp(Now), cancellation);

    private ValueTask GiveUpAsync(StreamState failed, CancellationToken cancellation) => SaveAsync(new StreamChange(id, Cursor, failed)
    {
        Gap = Gap.Open(Gap.Exhausted, Cursor + 1, Now),
        Told = DestinationEvents.Became(About(), State.Status, failed, Cursor, failed.LastError),
    }, cancellation);

    /// <summary>Flushed or out of time: the destination is gone, its secrets with it.</summary>
    public ValueTask DeleteAsync(DestinationRow row, Unsent unsent, CancellationToken cancellation) =>
        SaveAsync(new StreamChange(id, Cursor, State.Deleted(Now, unsent)) { Destination = row }, cancellation);

    /// <summary>Retention dropped what was not streamed yet, whatever was suspected of it. Which events the filter would have let through is gone with them: the gap counts all.</summary>
    public async ValueTask LoseAsync(long first, CancellationToken cancellation)
    {
        var lost = first - 1 - Cursor;
        var gap = Gap.Open(Gap.Retention, Cursor + 1, Now).Close(first - 1, Now) with { Count = lost };
        await SaveAsync(new StreamChange(id, first - 1, State with { Run = null }) { Gap = gap }, cancellation);
        Log.Lost(logger, id, gap.First, first - 1);
    }

    /// <summary>Adopts what a user's command saved; the stream is not running meanwhile.</summary>
    public void Adopt(StreamChange change)
    {
        var before = State.Status;
        attempts.AreStored(change.Attempts);
        _snapshot = new StreamSnapshot(change.Cursor, change.State);
        (_savedCursor, _savedAt) = (change.Cursor, time.GetTimestamp());
        if (before != change.State.Status) LogStatus(change.State);
    }

    /// <summary>Keeps what has not been kept yet. A store that cannot write only costs repeated events after a restart.</summary>
    public async ValueTask KeepAsync()
    {
        var ((cursor, state), made, untold) = (_snapshot, attempts.Waiting(), _untold);
        try
        {
            await store.SaveProgressAsync(id, fence, cursor, state, made, told: untold);
            Interlocked.CompareExchange(ref _untold, null, untold);
            attempts.AreStored(made);
            (_savedCursor, _savedAt, _saveFails) = (cursor, time.GetTimestamp(), false);
        }
        catch (StorageUnavailableException exception)
        {
            if (!_saveFails) Log.CursorNotSaved(logger, id, cursor, exception.Message);
            _saveFails = true;
        }
    }

    private async ValueTask BecomeAsync(long cursor, StreamState state)
    {
        var (before, error) = (State.Status, state.LastError ?? State.LastError);
        _snapshot = new StreamSnapshot(cursor, state);
        if (before != state.Status) _untold = DestinationEvents.Became(About(), before, state, cursor, error);
        await KeepAsync();
        if (before != state.Status) LogStatus(state);
    }

    private async ValueTask SaveAsync(StreamChange change, CancellationToken cancellation)
    {
        change = change with { Attempts = attempts.Waiting() };
        while (!await TrySaveAsync(change)) await Task.Delay(SaveAgainAfter, time, cancellation);
        Adopt(change);
    }

    private async ValueTask<bool> TrySaveAsync(StreamChange change)
    {
        try
        {
            await store.SaveAsync(change, fence);
            return true;
        }
        catch (StorageUnavailableException exception)
        {
            Log.ChangeNotSaved(logger, id, exception.Message);
            return false;
        }
    }

    private void LogStatus(StreamState state)
    {
        if (state.Status == StreamStatus.Degraded) Log.Degraded(logger, id, state.LastError!.Class.Name(), state.LastError.Message);
        else if (state.Status == StreamStatus.Failed) Log.Failed(logger, id, Cursor + 1);
        else Log.Became(logger, id, state.Status);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Destination {Destination} is degraded ({Class}): {Reason} Its events wait in the ledger and are tried again.")]
        public static partial void Degraded(ILogger logger, string destination, string @class, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Destination {Destination} has failed: events from {First} on are not sent any more until it is updated or resumed.")]
        public static partial void Failed(ILogger logger, string destination, long first);

        [LoggerMessage(Level = LogLevel.Information, Message = "Destination {Destination} is {Status}.")]
        public static partial void Became(ILogger logger, string destination, StreamStatus status);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Destination {Destination} refuses event {Sequence}, which is set aside: {Reason}")]
        public static partial void SetAside(ILogger logger, string destination, long sequence, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Retention removed events {First} to {Last} before destination {Destination} took them; its gaps show it.")]
        public static partial void Lost(ILogger logger, string destination, long first, long last);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Could not save cursor {Cursor} of destination {Destination}; delivery goes on, and a restart now would repeat events: {Reason}")]
        public static partial void CursorNotSaved(ILogger logger, string destination, long cursor, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Could not save a change of destination {Destination}; it waits: {Reason}")]
        public static partial void ChangeNotSaved(ILogger logger, string destination, string reason);
    }
}
