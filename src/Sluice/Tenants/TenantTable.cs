using Sluice.Storage;

namespace Sluice.Tenants;

/// <summary>What was said of tenants. Each call runs inside a read or a transaction of the caller's.</summary>
internal static class TenantTable
{
    private const string Columns = "id, name, parent, is_test, streaming, exports, requests_per_minute, events_per_minute";

    public static async ValueTask<Dictionary<string, Tenant>> AllAsync(IConfigurationSession session) =>
        (await session.QueryAsync($"SELECT {Columns} FROM tenants", Read)).ToDictionary(tenant => tenant.Id);

    public static async ValueTask PutAsync(IConfigurationSession session, Tenant tenant) => await session.ExecuteAsync(
        $"""
        INSERT INTO tenants ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (id) DO UPDATE SET name=excluded.name, parent=excluded.parent, is_test=excluded.is_test, streaming=excluded.streaming,
            exports=excluded.exports, requests_per_minute=excluded.requests_per_minute, events_per_minute=excluded.events_per_minute
        """,
        tenant.Id, tenant.Name, tenant.Parent, tenant.IsTest ? 1L : 0L, tenant.Entitlements.Streaming ? 1L : 0L, tenant.Entitlements.Exports ? 1L : 0L,
        tenant.RateLimit.RequestsPerMinute, tenant.RateLimit.EventsPerMinute);

    public static async ValueTask<bool> RemoveAsync(IConfigurationSession session, string id) => await session.ExecuteAsync("DELETE FROM tenants WHERE id=?1", id) > 0;

    private static Tenant Read(IConfigurationRow row) => new(row.Text(0))
    {
        Name = row.TextOrNull(1),
        Parent = row.TextOrNull(2),
        IsTest = row.Long(3) != 0,
        Entitlements = new Entitlements(row.Long(4) != 0, row.Long(5) != 0),
        RateLimit = new RateLimit(row.LongOrNull(6), row.LongOrNull(7)),
    };
}
