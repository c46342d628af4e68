namespace Sluice.Query;

public enum PageOrder : byte
{
    Descending,
    Ascending,
}

/// <summary>A place in somebody's walk through a ledger, and all that is needed to go on from it.</summary>
/// <param name="Wall">The tenant of the key it was given to; null for an instance key. It serves nobody else.</param>
/// <param name="Tenant">The one tenant that was asked for with an instance key, if there was one.</param>
/// <param name="Position">Upwards the next sequence to look at, downwards the one above the next.</param>
/// <param name="Filter">Text of the filter, empty when there is none: the next call may leave it out.</param>
public sealed record PageToken(string Ledger, string? Wall, string? Tenant, PageOrder Order, long Position, string Filter)
{
    /// <summary>The call that it was made for, and that alone takes it back; empty for the events' own.</summary>
    public string Call { get; init; } = "";

    /// <summary>Of a walk in order of time: the events that it is about, and its place among them.</summary>
    public TimedPosition? Timed { get; init; }

    /// <summary>
    /// Where a walk upwards through Sluice's own ledger ends: at what was there when it began. Every page of it makes an event, so without an end it would
    /// follow its own traces for ever. Null for a walk that begins, and in all other ledgers.
    /// </summary>
    public long? Until { get; init; }
}

/// <summary>Where a walk in order of time stands.</summary>
/// <param name="First">Of the sequences that it is about, the first that it may still need.</param>
/// <param name="End">The ledger's size when it began.</param>
/// <param name="Time">The place where it goes on.</param>
public readonly record struct TimedPosition(long First, long End, long Time, long Sequence);
