namespace Sluice.Events;

/// <summary>The limits of the contract; fixed, because senders split their batches by them.</summary>
public static class EventLimits
{
    /// <summary>Longest canonical form of one event, and longest personal part.</summary>
    public const int CanonicalBytes = 262_144;

    /// <summary>Deepest nesting; the event itself is level 1.</summary>
    public const int Depth = 32;

    public const int EventsPerRequest = 10_000;

    /// <summary>Largest request, after decompression.</summary>
    public const int RequestBytes = 64 * 1024 * 1024;

    public const int ActionBytes = 256;

    public const int IdBytes = 128;

    public const int TenantBytes = 256;
}
