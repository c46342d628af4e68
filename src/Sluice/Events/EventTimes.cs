namespace Sluice.Events;

/// <summary>The two times of an event by which it can be found and read in order.</summary>
public enum TimeKind
{
    /// <summary>When it happened: its <c>timestamp</c>.</summary>
    Timestamp,

    /// <summary>When the API call that it tells of ended: <c>api_call.ended_at</c>, else its <c>timestamp</c>.</summary>
    EndedAt,
}

/// <summary>Both times of one event, in nanoseconds since 1970.</summary>
public readonly record struct EventTimes(long Timestamp, long EndedAt)
{
    public const int Kinds = 2;

    public long this[TimeKind kind] => kind == TimeKind.Timestamp ? Timestamp : EndedAt;
}
