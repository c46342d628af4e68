using Sluice.Server.Errors;
using Sluice.Tenants;

namespace Sluice.Server.Endpoints;

/// <summary>What a caller sends to make a key.</summary>
internal static class AccessKeyBody
{
    /// <param name="accountOf">Finds a machine account of the caller's.</param>
    public static async Task<AccessKeyRequest> ReadAsync(JsonMembers members, Caller caller, long now, Func<string, ValueTask<MachineAccount?>> accountOf)
    {
        var (name, role, tenant, account) = (members.Text("name"), members.Role(), members.TenantFor(caller), members.Text("account_id"));
        var (expiry, networks) = (members.Expiry(now), members.Networks() ?? AddressList.Everywhere);
        members.RefuseUnknown();
        if (account is not null) return OfAccount(await accountOf(account) ?? throw ApiProblem.NotFound($"machine account {account}"), name, role, tenant, expiry, networks);
        var request = new AccessKeyRequest(
            name ?? throw JsonMembers.Wrong("missing_field", "name", "is missing"), role ?? throw JsonMembers.Wrong("missing_field", "role", "is missing"), tenant, expiry) { AllowedNetworks = networks };
        return AccessKeyRules.Broken(request, now) is { } fault ? throw AccessMembers.Wrong(fault) : request;
    }

    /// <summary>Role and tenant are the account's.</summary>
    private static AccessKeyRequest OfAccount(MachineAccount account, string? name, Role? role, string? tenant, long? expiry, AddressList networks)
    {
        if (role is not null && role != account.Role) throw JsonMembers.Wrong("invalid_value", "role", $"is the account's, {RoleNames.Of(account.Role)}: leave it out");
        if (tenant is not null && tenant != account.TenantId) throw JsonMembers.Wrong("invalid_value", "tenant_id", "is the account's: leave it out");
        if (name is not null && AccessKeyRules.BrokenName(name) is { } fault) throw AccessMembers.Wrong(fault);
        return new AccessKeyRequest(name ?? account.Name, account.Role, account.TenantId, expiry) { AllowedNetworks = networks, AccountId = account.Id };
    }
}
