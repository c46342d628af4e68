using Sluice.Streams;

namespace Sluice.Delivery.Alerts;

/// <summary>
/// What was told of a destination, and what is still to be. It is stored as JSON, so members are only ever added. Times are nanoseconds since 1970.
/// </summary>
internal sealed record AlertState
{
    private const long Hour = 3_600_000_000_000;

    /// <summary>The trouble that was told last; null while all is well.</summary>
    public StreamStatus? Told { get; init; }

    /// <summary>Since when it was in that trouble.</summary>
    public long ToldSince { get; init; }

    /// <summary>Gaps that opened up to here were told.</summary>
    public long GapsThrough { get; init; }

    /// <summary>Dead letters that were set aside up to here were told.</summary>
    public long DeadLettersThrough { get; init; }

    public long? DeadLettersToldAt { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<PendingAlert> Pending { get; init; } = [];

    /// <summary>Dead letters are told of once an hour at most.</summary>
    public bool MayTellOfDeadLetters(long now) => DeadLettersToldAt is not { } at || now - at >= Hour;

    /// <summary>Of a destination that was never looked at: what happened in the last hour is news, what is older is not.</summary>
    public static AlertState First(long createdAt, long now)
    {
        var known = Math.Max(createdAt - 1, now - Hour);
        return new AlertState { GapsThrough = known, DeadLettersThrough = known };
    }
}

/// <param name="Id">Names what it tells of, so that it is the same whoever tells it.</param>
/// <param name="Body">The JSON that is sent.</param>
internal sealed record PendingAlert(string Id, string Type, string Body, long At);

/// <summary>A destination with what alerts depend on.</summary>
/// <param name="NewestDeadLetter">When the last one was set aside.</param>
/// <param name="NewestGap">When the last one opened.</param>
/// <param name="Alerts">Null before the first look.</param>
/// <param name="Version">How often that was stored.</param>
internal sealed record AlertStanding(
    string Id, string? TenantId, string Name, string Provider, long CreatedAt, long Cursor, StreamState State, long? NewestDeadLetter, long? NewestGap, AlertState? Alerts, long Version);

/// <summary>Something to tell.</summary>
/// <param name="Key">Tells it from others of its type and destination.</param>
internal sealed record AlertFact(string Type, string Key)
{
    public Gap? Gap { get; init; }
}
