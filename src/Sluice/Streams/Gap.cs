namespace Sluice.Streams;

/// <summary>A range that was on purpose not streamed.</summary>
/// <param name="Last">Null while it is open.</param>
/// <param name="Count">Events in it that the destination's filter lets through; null until they were counted.</param>
public sealed record Gap(string Id, string Reason, long First, long? Last, long? Count, long OpenedAt, long? ClosedAt, long? RefilledAt)
{
    public const string Disabled = "disabled";
    public const string Exhausted = "exhausted";
    public const string Retention = "retention";

    public static Gap Open(string reason, long first, long now) => new(Identifier.New("gap_", now), reason, first, null, null, now, null, null);

    public Gap Close(long last, long now) => this with { Last = last, ClosedAt = now };
}
