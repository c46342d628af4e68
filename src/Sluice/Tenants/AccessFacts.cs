using System.Text.Json.Nodes;
using Sluice.Events;
using Sluice.SelfAudit;

namespace Sluice.Tenants;

/// <summary>Keys, machine accounts and tenants as Sluice's own ledger shows them. Of a key's text there is nothing in it, not even its beginning.</summary>
internal static class AccessFacts
{
    public static OwnEvent Changed(string action, long at, AccessKey? before, AccessKey? after, JsonObject? more = null) =>
        OwnEvent.OfChange(action, at, ResourceOf((after ?? before)!), (after ?? before)!.TenantId, Of(before), Of(after), more);

    public static OwnEvent Changed(string action, long at, MachineAccount? before, MachineAccount? after) => OwnEvent.OfChange(
        action, at, new OwnResource("machine_account", (after ?? before)!.Id, (after ?? before)!.Name), (after ?? before)!.TenantId, Of(before), Of(after));

    public static OwnEvent Changed(string action, long at, Tenant? before, Tenant? after) =>
        OwnEvent.OfChange(action, at, new OwnResource("tenant", (after ?? before)!.Id, (after ?? before)!.Name), (after ?? before)!.Id, Of(before), Of(after));

    public static OwnResource ResourceOf(AccessKey key) => new("access_key", key.Id, key.Name);

    private static JsonObject? Of(AccessKey? key) => key is null ? null : new JsonObject
    {
        ["id"] = key.Id,
        ["name"] = key.Name,
        ["role"] = RoleNames.Of(key.Role),
        ["tenant_id"] = key.TenantId,
        ["account_id"] = key.AccountId,
        ["allowed_networks"] = Networks(key.AllowedNetworks),
        ["expires_at"] = key.ExpiresAt is { } at ? Timestamp.Text(at) : null,
    };

    private static JsonObject? Of(MachineAccount? account) => account is null ? null : new JsonObject
    {
        ["id"] = account.Id,
        ["name"] = account.Name,
        ["role"] = RoleNames.Of(account.Role),
        ["tenant_id"] = account.TenantId,
        ["allowed_networks"] = Networks(account.AllowedNetworks),
    };

    private static JsonObject? Of(Tenant? tenant) => tenant is null ? null : new JsonObject
    {
        ["id"] = tenant.Id,
        ["name"] = tenant.Name,
        ["parent"] = tenant.Parent,
        ["test"] = tenant.IsTest,
        ["entitlements"] = new JsonObject { ["streaming"] = tenant.Entitlements.Streaming, ["exports"] = tenant.Entitlements.Exports },
        ["rate_limit"] = new JsonObject { ["requests_per_minute"] = tenant.RateLimit.RequestsPerMinute, ["events_per_minute"] = tenant.RateLimit.EventsPerMinute },
    };

    private static JsonArray Networks(AddressList list) => new([.. list.Texts.Select(text => JsonValue.Create(text))]);
}
