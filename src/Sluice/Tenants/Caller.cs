namespace Sluice.Tenants;

/// <summary>Who is calling, as its key says.</summary>
/// <param name="KeyId">The key's public id: <c>key_…</c>, or <c>key_env</c> for the one set by the environment.</param>
/// <param name="TenantId">The only tenant it may see and write; null for an instance key.</param>
/// <param name="AccountId">The machine account that the key belongs to, if it belongs to one.</param>
public sealed record Caller(string KeyId, string Name, Role Role, string? TenantId, string? AccountId = null)
{
    public bool IsInstance => TenantId is null;

    public bool May(Permission permission) => Role.Includes(permission);
}
