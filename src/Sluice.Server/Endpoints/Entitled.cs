using Sluice.Server.Errors;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

internal static class Entitled
{
    /// <exception cref="ApiProblem">403: the tenant may not export.</exception>
    public static async ValueTask RequireExportsAsync(this TenantRegistry tenants, string? tenant, CancellationToken cancellation)
    {
        if (tenant is null || (await tenants.OfAsync(tenant, cancellation)).Entitlements.Exports) return;
        throw new ApiProblem(403, "forbidden_entitlement", $"Tenant {tenant} is not entitled to exports. An admin of the instance can change that: PUT /v1/access/tenants/{tenant} with {{\"entitlements\":{{\"exports\":true}}}}.");
    }
}
