namespace Sluice.Tenants;

/// <summary>What a key may do. <see cref="Admin"/> includes the others.</summary>
public enum Role
{
    Reader,
    Writer,
    Admin,
}

/// <summary>Who is calling, as its key says.</summary>
/// <param name="KeyId">The key's public id: <c>key_…</c>, or <c>key_env</c> for the one set by the environment.</param>
/// <param name="TenantId">The only tenant it may see and write; null for an instance key.</param>
public sealed record Caller(string KeyId, string Name, Role Role, string? TenantId)
{
    public bool IsInstance => TenantId is null;

    public bool May(Role needed) => Role == Role.Admin || Role == needed;
}
