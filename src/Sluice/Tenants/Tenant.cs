namespace Sluice.Tenants;

/// <summary>What was said of a tenant. Nobody has to say anything: a tenant of which nothing was said has what stands here as default.</summary>
public sealed record Tenant(string Id)
{
    /// <summary>For people.</summary>
    public string? Name { get; init; }

    /// <summary>The tenant it belongs to: a group, for a project.</summary>
    public string? Parent { get; init; }

    /// <summary>It holds no real events, and test keys are good for it.</summary>
    public bool IsTest { get; init; }

    public Entitlements Entitlements { get; init; } = new();

    public RateLimit RateLimit { get; init; } = new(null, null);
}

/// <summary>What a tenant may use.</summary>
/// <param name="Streaming">Destinations.</param>
/// <param name="Exports">The export.</param>
public sealed record Entitlements(bool Streaming = true, bool Exports = true);

/// <summary>How much a key or a tenant may ask for; null for what the settings say.</summary>
public sealed record RateLimit(long? RequestsPerMinute, long? EventsPerMinute);
