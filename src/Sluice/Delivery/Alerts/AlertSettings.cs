namespace Sluice.Delivery.Alerts;

/// <summary>When operators are told of destinations in trouble.</summary>
/// <param name="Instance">What the alerts call the instance.</param>
public sealed record AlertSettings(string Instance)
{
    /// <summary>How long a destination is degraded before that is told: 10 s to 7 d, default 5 min.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromMinutes(5);
}
