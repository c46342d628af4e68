using Sluice.Storage;

namespace Sluice.Tenants;

/// <summary>The stored keys. Each call runs inside a read or a transaction of the caller's.</summary>
internal static class AccessKeyTable
{
    private const string Columns = "id, prefix, name, role, tenant_id, created_at, expires_at, hash, account_id, allowed_networks, last_used_at, replaced_by";

    public static async ValueTask<Dictionary<AccessKeyHash, AccessKey>> AllAsync(IConfigurationSession session)
    {
        var rows = await session.QueryAsync($"SELECT {Columns} FROM access_keys", row => (Hash: new AccessKeyHash(row.Bytes(7)), Key: Read(row)));
        return rows.ToDictionary(row => row.Hash, row => row.Key);
    }

    public static async ValueTask AddAsync(IConfigurationSession session, AccessKey key, AccessKeyHash hash) => await session.ExecuteAsync(
        $"INSERT INTO access_keys ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        key.Id, key.Prefix, key.Name, RoleNames.Of(key.Role), key.TenantId, key.CreatedAt, key.ExpiresAt, hash.ToArray(), key.AccountId, key.AllowedNetworks.Stored(), key.LastUsedAt, key.ReplacedBy);

    public static async ValueTask RemoveAsync(IConfigurationSession session, string id) => await session.ExecuteAsync("DELETE FROM access_keys WHERE id=?1", id);

    /// <param name="at">Until when it still works.</param>
    public static async ValueTask ReplaceAsync(IConfigurationSession session, string id, string by, long at) =>
        await session.ExecuteAsync("UPDATE access_keys SET expires_at=?2, replaced_by=?3 WHERE id=?1", id, at, by);

    /// <summary>A key's role stands with the key too, for nodes of a version that knows no accounts.</summary>
    public static async ValueTask SetRoleOfAccountAsync(IConfigurationSession session, string account, Role role) =>
        await session.ExecuteAsync("UPDATE access_keys SET role=?2 WHERE account_id=?1", account, RoleNames.Of(role));

    public static async ValueTask RemoveOfAccountAsync(IConfigurationSession session, string account) => await session.ExecuteAsync("DELETE FROM access_keys WHERE account_id=?1", account);

    /// <summary>No change of version: nobody has to know at once.</summary>
    public static async ValueTask UsedAsync(IConfigurationSession session, string id, long at) =>
        await session.ExecuteAsync("UPDATE access_keys SET last_used_at=?2 WHERE id=?1 AND (last_used_at IS NULL OR last_used_at < ?2)", id, at);

    private static AccessKey Read(IConfigurationRow row) =>
        new(row.Text(0), row.Text(1), row.Text(2), RoleNames.TryParse(row.Text(3)) ?? Role.Reader, row.TextOrNull(4), row.Long(5), row.LongOrNull(6))
        {
            AccountId = row.TextOrNull(8),
            AllowedNetworks = StoredLists.Networks(row.TextOrNull(9)),
            LastUsedAt = row.LongOrNull(10),
            ReplacedBy = row.TextOrNull(11),
        };
}
