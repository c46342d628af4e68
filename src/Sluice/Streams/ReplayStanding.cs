namespace Sluice.Streams;

public enum ReplayStatus
{
    /// <summary>It sends, waits for its pace, or waits out an outage.</summary>
    Running,

    /// <summary>Every event was taken or set aside.</summary>
    Completed,

    /// <summary>By a user, or because its destination is gone.</summary>
    Stopped,

    /// <summary>Given up: the destination took nothing for too long.</summary>
    Failed,
}

/// <summary>Where a replay stands.</summary>
/// <param name="Cursor">Everything up to here was taken, set aside, or is not for it.</param>
/// <param name="Sent">Events that the destination took.</param>
/// <param name="Refused">Events that it refused.</param>
/// <param name="State">How deliveries go; of a stream's statuses it says whether the current one fails.</param>
public sealed record ReplayStanding(ReplayStatus Status, long Cursor, long Sent, long Refused, StreamState State)
{
    /// <summary>Retention had removed events before this sequence when the replay reached them; null when it had not.</summary>
    public long? FirstAvailable { get; init; }

    /// <summary>Why it ended before its end.</summary>
    public string? Reason { get; init; }

    public long? EndedAt { get; init; }
}

/// <summary>A replay as it is stored.</summary>
/// <param name="Total">Events that it is about, counted when it began; null until then.</param>
/// <param name="Fence">Grows with every taking: who writes for it names the one it took, and an older one writes nothing.</param>
/// <param name="Attempts">How many sendings there were.</param>
public sealed record StoredReplay(ReplayOrder Order, ReplayStanding Standing, long? Total, long Fence, long Attempts = 0);

/// <summary>Who runs a replay, and what its destination is like.</summary>
/// <param name="Node">As the store names nodes; null for nobody.</param>
/// <param name="DestinationUpdatedAt">It begins anew with its destination's members when that changes.</param>
public sealed record ReplayPlace(string Id, string DestinationId, long Fence, string? Node, long DestinationUpdatedAt, StreamStatus DestinationStatus);

/// <summary>Everything that changes together when a replay's standing does.</summary>
public sealed record ReplayChange(ReplayOrder Order, ReplayStanding Standing)
{
    /// <summary>Events that the destination took: they are dead letters no longer.</summary>
    public IReadOnlyList<long> Taken { get; init; } = [];

    public IReadOnlyList<DeadLetter> DeadLetters { get; init; } = [];

    /// <summary>Takes back the replay's dead letters from this sequence on.</summary>
    public long? WithdrawFrom { get; init; }

    /// <summary>Sendings that were not stored yet, oldest first.</summary>
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];

    /// <summary>A gap that opened inside the one that is refilled.</summary>
    public Gap? Gap { get; init; }
}

/// <summary>Whether a replay may begin beside those that run.</summary>
public enum ReplayAdmission
{
    Admitted,
    TooMany,

    /// <summary>One of the same gap, or of dead letters, runs.</summary>
    RunsAlready,
}

/// <summary>The replay has ended, or another node has taken it: nothing was written, and whoever ran it must stop.</summary>
public sealed class StaleReplayException(string replay) : Exception($"The replay {replay} does not run here any more.");
