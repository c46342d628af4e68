namespace Sluice.SelfChecks;

/// <summary>How often, and how fast, a server reads its ledgers again.</summary>
public sealed record SelfCheckSettings
{
    /// <summary>From the end of one check to the next: 1 h to 90 d, or zero for never by itself. Default 24 h.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How much of the ledgers is read in a second at most: 64 KiB to 16 GiB. Default 32 MiB.</summary>
    public long BytesPerSecond { get; init; } = 32 << 20;
}
