namespace Sluice.Tenants;

/// <summary>Who is calling: a key's holder, or somebody whom a provider of identities knows.</summary>
/// <param name="Id">The key's public id: <c>key_…</c>, or <c>key_env</c> for the one set by the environment. Of a <see cref="User"/> the provider's id.</param>
/// <param name="TenantId">The only tenant it may see and write; null for the whole instance.</param>
/// <param name="AccountId">The machine account that the key belongs to, if it belongs to one.</param>
public sealed record Caller(string Id, string Name, Role Role, string? TenantId, string? AccountId = null)
{
    /// <summary>The session that the call is made in; null for one with a key.</summary>
    public string? SessionId { get; init; }

    /// <summary>Who signed in at a provider; null for a key's holder.</summary>
    public SignedInUser? User { get; init; }

    /// <summary>What somebody may see to whom a key's holder shows one tenant's events; null for everybody else.</summary>
    public ViewerGrant? Viewer { get; init; }

    public bool IsInstance => TenantId is null;

    /// <summary>What events name beside the actor: the key or the session, never both.</summary>
    public string? ApiKeyId => SessionId is null ? Id : null;

    /// <summary>Whose calls are counted together: a key and its sessions are one. A viewer counts alone, so that none can use up what the key may.</summary>
    internal string RateHolder => Viewer is not null ? SessionId! : User is null ? Id : $"user {User.Issuer} {User.Subject}";

    public bool May(Permission permission) => Viewer is null ? Role.Includes(permission) : permission == Permission.ReadEvents;
}

/// <summary>What the holder of a viewer token may see of its tenant.</summary>
/// <param name="User">For whom it was made, as its maker says; null when it does not.</param>
/// <param name="Filter">Only events that it lets through, whatever else is asked; null for all of the tenant's.</param>
public sealed record ViewerGrant(string? User, string? Filter);

/// <summary>Somebody as a provider of identities knows them.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">Unique there, and for ever the same person.</param>
/// <param name="Email">Null when the provider does not tell.</param>
public sealed record SignedInUser(string Issuer, string Subject, string Name, string? Email);
