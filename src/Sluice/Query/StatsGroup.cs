namespace Sluice.Query;

/// <summary>Events that agree in what they are grouped by.</summary>
/// <param name="Values">JSON texts, one for each field; <c>null</c> where the event has no such member.</param>
/// <param name="Start">Start of the interval, in nanoseconds since 1970.</param>
public sealed record StatsGroup(IReadOnlyList<string> Values, long? Start)
{
    public long Count { get; set; }
}
