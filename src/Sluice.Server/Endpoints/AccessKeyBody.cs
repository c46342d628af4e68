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
    public static AccessKeyRequest Read(JsonMembers members, Caller caller, long now)
    {
        var body = new AccessKeyBody(members.RequiredText("name"), members.RequiredText("role"), members.Text("tenant_id"), members.Text("expires_at"));
        members.RefuseUnknown();
        var role = RoleNames.TryParse(body.Role) ?? throw JsonMembers.Wrong("invalid_value", "role", $"must be one of {string.Join(", ", RoleNames.All)}");
        var request = new AccessKeyRequest(body.Name, role, body.TenantFor(caller), body.Expiry());
        return AccessKeyRules.Broken(request, now) is { } fault ? throw JsonMembers.Wrong(fault.Code, fault.Field, fault.What) : request;
    }

    private string? TenantFor(Caller caller)
    {
        if (caller.IsInstance) return TenantId;
        if (TenantId is not null && TenantId != caller.TenantId)
            throw new ApiProblem(403, "forbidden_tenant", "A tenant's key makes keys of its own tenant only.") { Field = "tenant_id" };
        return caller.TenantId;
    }

    private long? Expiry()
    {
        if (ExpiresAt is null) return null;
        return Timestamp.TryParse(ExpiresAt, out var at) ? at : throw JsonMembers.Wrong("invalid_time", "expires_at", "must be an RFC 3339 time, such as 2027-01-31T00:00:00Z");
    }
}
