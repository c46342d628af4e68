using Sluice.Storage;

namespace Sluice.Tenants;

/// <summary>The stored machine accounts. Each call runs inside a read or a transaction of the caller's.</summary>
internal static class MachineAccountTable
{
    private const string Columns = "id, name, role, tenant_id, allowed_networks, created_at";

    public static async ValueTask<Dictionary<string, MachineAccount>> AllAsync(IConfigurationSession session) =>
        (await session.QueryAsync($"SELECT {Columns} FROM machine_accounts", Read)).ToDictionary(account => account.Id);

    public static async ValueTask PutAsync(IConfigurationSession session, MachineAccount account) => await session.ExecuteAsync(
        $"""
        INSERT INTO machine_accounts ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (id) DO UPDATE SET name=excluded.name, role=excluded.role, allowed_networks=excluded.allowed_networks
        """,
        account.Id, account.Name, RoleNames.Of(account.Role), account.TenantId, account.AllowedNetworks.Stored(), account.CreatedAt);

    public static async ValueTask RemoveAsync(IConfigurationSession session, string id) => await session.ExecuteAsync("DELETE FROM machine_accounts WHERE id=?1", id);

    private static MachineAccount Read(IConfigurationRow row) =>
        new(row.Text(0), row.Text(1), RoleNames.TryParse(row.Text(2)) ?? Role.Reader, row.TextOrNull(3), StoredLists.Networks(row.TextOrNull(4)), row.Long(5));
}
