using System.Text.Json.Serialization;

namespace Sluice.Streams;

/// <summary>
/// Where a stream stands, besides its cursor. Immutable: each method answers what the state becomes, and decides nothing by a clock of its own.
/// Times are nanoseconds since 1970. It is stored as JSON, so members are only ever added.
/// </summary>
public sealed record StreamState
{
    /// <summary>Refusals in a row that make an outage.</summary>
    public const int RefusalsOfAnOutage = 20;

    public StreamStatus Status { get; init; }

    public long StatusSince { get; init; }

    public LastError? LastError { get; init; }

    /// <summary>The first failed attempt at the oldest unconfirmed event; null while nothing fails.</summary>
    public long? FirstFailureAt { get; init; }

    /// <summary>Created disabled and never enabled since: where it begins is still open.</summary>
    public bool NotStarted { get; init; }

    /// <summary>The destination took an event since its last change and within its last 20 refusals: its refusals are about events.</summary>
    public bool Trusted { get; init; }

    /// <summary>Refusals since it last took an event.</summary>
    public RefusedRun? Run { get; init; }

    public Deletion? Deletion { get; init; }

    /// <summary>Batches that may have been sent and were not settled, for kinds whose batches stay as they were cut; in sequence order.</summary>
    public IReadOnlyList<FrozenBatch>? Frozen { get; init; }

    /// <summary>How often such batches were given up because their bytes would be others now.</summary>
    public int Revision { get; init; }

    /// <summary>Events up to here may have been written as an earlier revision.</summary>
    public long RevisedThrough { get; init; }

    /// <summary>Some node should run it.</summary>
    [JsonIgnore]
    public bool IsToRun => Status is StreamStatus.Active or StreamStatus.Degraded or StreamStatus.Deleting;

    public static StreamState Created(long now, bool enabled) =>
        new() { Status = enabled ? StreamStatus.Active : StreamStatus.Disabled, StatusSince = now, NotStarted = !enabled };

    /// <summary>The same instance when nothing changes, which is what happens after nearly every batch.</summary>
    public StreamState Delivered(long now)
    {
        if (FirstFailureAt is null && Trusted && Run is null && Status != StreamStatus.Degraded) return this;
        var delivered = this with { FirstFailureAt = null, Trusted = true, Run = null };
        return Status == StreamStatus.Degraded ? delivered.Becomes(StreamStatus.Active, now) with { LastError = null } : delivered;
    }

    /// <summary>An event was taken, but a later sending failed meanwhile.</summary>
    public StreamState Taken() => this with { Trusted = true, Run = null };

    /// <summary>Refused events were set aside: the delivery has ended, although nothing was taken.</summary>
    public StreamState Judged(long now)
    {
        var judged = this with { FirstFailureAt = null };
        return Status == StreamStatus.Degraded ? judged.Becomes(StreamStatus.Active, now) with { LastError = null } : judged;
    }

    public StreamState AttemptFailed(long now, ErrorClass error, string message)
    {
        var failed = this with { FirstFailureAt = FirstFailureAt ?? now, LastError = new LastError(error, message, now) };
        return Status == StreamStatus.Active ? failed.Becomes(StreamStatus.Degraded, now) : failed;
    }

    /// <summary>A heartbeat failed: no event waits, so nothing is given up for it, however long that lasts.</summary>
    public StreamState HeartbeatFailed(long now, ErrorClass error, string message)
    {
        var failed = this with { LastError = new LastError(error, message, now) };
        return Status == StreamStatus.Active ? failed.Becomes(StreamStatus.Degraded, now) : failed;
    }

    public StreamState GivenUp(long now) => Becomes(StreamStatus.Failed, now) with { FirstFailureAt = null };

    /// <summary>An update or a resume: what was learnt about the destination before it counts no longer.</summary>
    public StreamState Changed(long now)
    {
        var changed = this with { FirstFailureAt = null, Trusted = false, Run = null };
        return Status == StreamStatus.Failed ? changed.Becomes(StreamStatus.Active, now) with { LastError = null } : changed;
    }

    public StreamState Disabled(long now) => Changed(now).Becomes(StreamStatus.Disabled, now) with { LastError = null };

    public StreamState Enabled(long now) => Changed(now).Becomes(StreamStatus.Active, now) with { NotStarted = false };

    public StreamState Deleting(long now, Deletion deletion) =>
        Changed(now).Becomes(StreamStatus.Deleting, now) with { Deletion = deletion };

    public StreamState Deleted(long now, Unsent unsent) =>
        Becomes(StreamStatus.Deleted, now) with { Deletion = (Deletion ?? new Deletion(0, now)) with { Unsent = unsent } };

    /// <summary>Counts one refused event.</summary>
    public StreamState Refused(long sequence) =>
        this with { Run = Run is { } run ? new RefusedRun(Math.Min(run.First, sequence), run.Count + 1) : new RefusedRun(sequence, 1) };

    /// <summary>The destination refuses everything: whatever it refused since it last took an event was no verdict.</summary>
    public StreamState Distrusted() => this with { Trusted = false, Run = null };

    /// <summary>What makes the bytes has changed: no batch is what it was. Those that may have been written already are cut anew, under another revision.</summary>
    public StreamState Thawed() => Frozen is not { Count: > 0 } frozen
        ? this
        : this with { Frozen = null, Revision = Revision + 1, RevisedThrough = Math.Max(RevisedThrough, frozen[^1].Through) };

    /// <summary>The revision of a batch that begins with this event.</summary>
    public int RevisionOf(long first) => Revision > 0 && first <= RevisedThrough ? Revision : 0;

    private StreamState Becomes(StreamStatus status, long now) => this with { Status = status, StatusSince = now };
}

public sealed record LastError(ErrorClass Class, string Message, long At);

/// <param name="First">The lowest sequence of the run's refused events.</param>
public sealed record RefusedRun(long First, int Count);

/// <param name="First">Sequence of its first event.</param>
/// <param name="Through">Its last event, or what the filter kept back behind that.</param>
public sealed record FrozenBatch(long First, long Through)
{
    /// <summary>Stands for all that was settled behind the batches before it: nothing up to here is to be sent.</summary>
    public static FrozenBatch Settled(long through) => new(through + 1, through);

    public bool HoldsNothing() => First > Through;
}

/// <param name="End">Events before this sequence are flushed.</param>
/// <param name="Deadline">When flushing ends, whatever is left.</param>
public sealed record Deletion(long End, long Deadline)
{
    public Unsent? Unsent { get; init; }
}

/// <summary>What a deleted destination did not get; first and last are null when it got everything.</summary>
public sealed record Unsent(long? First, long? Last, long Count);
