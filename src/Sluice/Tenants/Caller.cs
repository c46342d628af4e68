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

    public bool IsInstance => TenantId is null;

    /// <summary>What events name beside the actor: the key or the session, never both.</summary>
    public string? ApiKeyId => SessionId is null ? Id : null;

    /// <summary>Whose calls are counted together: a key and its sessions are one.</summary>
    internal string RateHolder => User is null ? Id : $"user {User.Issuer} {User.Subject}";

    public bool May(Permission permission) => Role.Includes(permission);
}

/// <summary>Somebody as a provider of identities knows them.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">Unique there, and for ever the same person.</param>
/// <param name="Email">Null when the provider does not tell.</param>
public sealed record SignedInUser(string Issuer, string Subject, string Name, string? Email);
