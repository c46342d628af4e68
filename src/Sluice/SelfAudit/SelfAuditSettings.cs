namespace Sluice.SelfAudit;

/// <summary>What Sluice writes down of itself, and when it finds something worth a warning.</summary>
public sealed record SelfAuditSettings
{
    /// <summary>Whether calls of the API are recorded. Default true; changes of the configuration and everything else always are.</summary>
    public bool Calls { get; init; } = true;

    /// <summary>Whether Sluice tells of certificates that end, by the date that their events declare. Default false.</summary>
    public bool CertificateExpiry { get; init; }

    /// <summary>So many denials of one key, or of one address without a key, within <see cref="DenialWindow"/> are a burst: default 20, 0 for never.</summary>
    public long DenialBurst { get; init; } = 20;

    /// <summary>Default 1 min.</summary>
    public TimeSpan DenialWindow { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A key that was not used for so long is dormant: default 90 d, 0 for never.</summary>
    public TimeSpan DormantAfter { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Two sign-ins of an actor from different networks within this time are worth a warning: default 5 min, 0 for never.</summary>
    public TimeSpan SignInDistance { get; init; } = TimeSpan.FromMinutes(5);
}
