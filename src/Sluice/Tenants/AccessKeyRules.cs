namespace Sluice.Tenants;

/// <summary>What is wrong with a key that somebody wants to have made.</summary>
/// <param name="Field">The member at fault, as the API spells it.</param>
/// <param name="What">Follows the member's name in a sentence.</param>
public sealed record AccessKeyFault(string Code, string Field, string What);

/// <summary>The rules for new keys, whichever way they are asked for.</summary>
public static class AccessKeyRules
{
    private const int LongestName = 100, LongestTenant = 128;

    public static AccessKeyFault? Broken(AccessKeyRequest request, long now) => request switch
    {
        { Name: var name } when BrokenName(name) is { } fault => fault,
        { TenantId: { } tenant } when !IsText(tenant, LongestTenant) => new("invalid_string", "tenant_id", $"must have 1 to {LongestTenant} characters, none of them control characters"),
        { TenantId: TenantNames.Sluice, Role: not Role.Reader } => new("invalid_value", "role", $"must be reader for tenant {TenantNames.Sluice}, which nobody else writes to"),
        { ExpiresAt: { } at } when at <= now => new("invalid_time", "expires_at", "lies in the past"),
        _ => null,
    };

    public static AccessKeyFault? BrokenName(string name) =>
        IsText(name, LongestName) ? null : new("invalid_string", "name", $"must have 1 to {LongestName} characters, none of them control characters");

    public static bool IsTenant(string text) => IsText(text, LongestTenant);

    private static bool IsText(string text, int longest) => text.Length <= longest && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl);
}
