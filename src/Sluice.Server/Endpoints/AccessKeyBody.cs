using Sluice.Events;
using Sluice.Server.Errors;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary>What a caller sends to make a key.</summary>
/// <param name="Name">1 to 100 characters, for people.</param>
/// <param name="Role"><c>admin</c>, <c>writer</c> or <c>reader</c>.</param>
/// <param name="TenantId">Absent: the caller's tenant; with an instance key, the instance.</param>
/// <param name="ExpiresAt">RFC 3339, in the future; absent: never.</param>
internal sealed record AccessKeyBody(string Name, string Role, string? TenantId, string? ExpiresAt)
{
    private const int LongestName = 100, LongestTenant = 128;

    public static AccessKeyRequest Read(JsonMembers body, Caller caller, long now)
    {
        var (name, role, tenant, expires) = (body.RequiredText("name"), body.RequiredText("role"), body.Text("tenant_id"), body.Text("expires_at"));
        body.RefuseUnknown();
        if (name.Length > LongestName || string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl))
            throw JsonMembers.Wrong("invalid_string", "name", $"must have 1 to {LongestName} characters, none of them control characters");
        var given = RoleNames.TryParse(role) ?? throw JsonMembers.Wrong("invalid_value", "role", $"must be one of {string.Join(", ", RoleNames.All)}");
        return new AccessKeyRequest(name, given, TenantOf(tenant, given, caller), ExpiryOf(expires, now));
    }

    private static string? TenantOf(string? tenant, Role role, Caller caller)
    {
        if (tenant is null || tenant == caller.TenantId) return caller.TenantId;
        if (!caller.IsInstance) throw new ApiProblem(403, "forbidden_tenant", "A tenant's key makes keys of its own tenant only.") { Field = "tenant_id" };
        if (tenant.Length is 0 or > LongestTenant || tenant.Any(char.IsControl))
            throw JsonMembers.Wrong("invalid_string", "tenant_id", $"must have 1 to {LongestTenant} characters, none of them control characters");
        if (tenant == TenantNames.Sluice && role != Tenants.Role.Reader)
            throw JsonMembers.Wrong("invalid_value", "role", $"must be reader for tenant {TenantNames.Sluice}, which nobody else writes to");
        return tenant;
    }

    private static long? ExpiryOf(string? text, long now)
    {
        if (text is null) return null;
        if (!Timestamp.TryParse(text, out var at)) throw JsonMembers.Wrong("invalid_time", "expires_at", "must be an RFC 3339 time, such as 2027-01-31T00:00:00Z");
        return at > now ? at : throw JsonMembers.Wrong("invalid_time", "expires_at", "lies in the past");
    }
}
