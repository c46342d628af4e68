using Sluice.Storage;

namespace Sluice.Tenants;

/// <summary>The stored sessions, by the hash of their text. Each call runs inside a read or a transaction of the caller's.</summary>
internal static class SessionTable
{
    private const string ByKey = "key";

    public static async ValueTask<Session?> FindAsync(IConfigurationSession session, AccessKeyHash hash) => await session.FirstAsync(
        "SELECT created_at, expires_at, key_hash FROM sessions WHERE hash=?1 AND kind=?2",
        row => new Session(row.Long(0), row.Long(1)) { KeyHash = new AccessKeyHash(row.Bytes(2)) }, hash.ToArray(), ByKey);

    public static async ValueTask AddAsync(IConfigurationSession session, AccessKeyHash hash, Session added) => await session.ExecuteAsync(
        "INSERT INTO sessions (hash, kind, key_hash, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)", hash.ToArray(), ByKey, added.KeyHash.ToArray(), added.CreatedAt, added.ExpiresAt);

    public static async ValueTask RemoveAsync(IConfigurationSession session, AccessKeyHash hash) => await session.ExecuteAsync("DELETE FROM sessions WHERE hash=?1", hash.ToArray());

    public static async ValueTask RemoveExpiredAsync(IConfigurationSession session, long now) => await session.ExecuteAsync("DELETE FROM sessions WHERE expires_at <= ?1", now);
}
