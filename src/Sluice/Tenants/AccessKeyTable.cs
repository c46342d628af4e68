using System.Security.Cryptography;
using Sluice.Storage;

namespace Sluice.Tenants;

/// <summary>The stored keys, under a version that every change of them replaces. Each call runs inside a read or a transaction of the caller's.</summary>
internal static class AccessKeyTable
{
    private const string Columns = "id, prefix, name, role, tenant_id, created_at, expires_at, hash";
    private const string VersionName = "access-keys-version";

    public static async ValueTask<Dictionary<AccessKeyHash, AccessKey>> AllAsync(IConfigurationSession session)
    {
        var rows = await session.QueryAsync($"SELECT {Columns} FROM access_keys", row => (Hash: new AccessKeyHash(row.Bytes(7)), Key: Read(row)));
        return rows.ToDictionary(row => row.Hash, row => row.Key);
    }

    public static async ValueTask AddAsync(IConfigurationSession session, AccessKey key, AccessKeyHash hash)
    {
        await session.ExecuteAsync(
            $"INSERT INTO access_keys ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            key.Id, key.Prefix, key.Name, RoleNames.Of(key.Role), key.TenantId, key.CreatedAt, key.ExpiresAt, hash.ToArray());
        await RenewVersionAsync(session);
    }

    public static async ValueTask RemoveAsync(IConfigurationSession session, string id)
    {
        await session.ExecuteAsync("DELETE FROM access_keys WHERE id=?1", id);
        await RenewVersionAsync(session);
    }

    /// <returns>Zero before the first change.</returns>
    public static async ValueTask<long> VersionAsync(IConfigurationSession session) =>
        await session.FirstAsync("SELECT value FROM settings WHERE name=?1", row => BitConverter.ToInt64(row.Bytes(0)), VersionName);

    /// <summary>A random one: nobody has to have read the one before.</summary>
    private static async ValueTask RenewVersionAsync(IConfigurationSession session) => await session.ExecuteAsync(
        "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value=excluded.value",
        VersionName, RandomNumberGenerator.GetBytes(sizeof(long)));

    private static AccessKey Read(IConfigurationRow row) =>
        new(row.Text(0), row.Text(1), row.Text(2), RoleNames.TryParse(row.Text(3)) ?? Role.Reader, row.TextOrNull(4), row.Long(5), row.LongOrNull(6));
}
