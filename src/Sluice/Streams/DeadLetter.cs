namespace Sluice.Streams;

/// <summary>An event that the destination refuses for good: set aside with the reason.</summary>
/// <param name="Id">The event's id.</param>
/// <param name="At">When it was set aside, in nanoseconds since 1970.</param>
/// <param name="Attempts">How often it was sent.</param>
public sealed record DeadLetter(long Sequence, string Id, string TenantId, string Reason, ErrorClass Class, long At, int Attempts)
{
    /// <summary>The replay that set it aside; null for the stream.</summary>
    public string? ReplayId { get; init; }
}
