using System.Security.Cryptography;
using Sluice.Storage;

namespace Sluice.Secrets;

/// <summary>A random key of the instance, made once and kept encrypted among its settings, so that what it signed outlives restarts.</summary>
public static class StoredKey
{
    private const int Length = 32;

    /// <summary>Of several that make it at once, one does, and all get that one's.</summary>
    public static async ValueTask<byte[]> GetOrCreateAsync(IConfigurationStore store, ISecretProtector protector, string name, CancellationToken cancellation = default)
    {
        var stored = await store.ReadAsync(session => FindAsync(session, name), cancellation);
        if (stored is null)
        {
            var secret = protector.Protect(RandomNumberGenerator.GetBytes(Length), name);
            stored = await store.WriteAsync(async session =>
            {
                await session.ExecuteAsync("INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING", name, secret);
                return await FindAsync(session, name);
            }, cancellation);
        }

        return protector.Unprotect(stored!, name);
    }

    private static ValueTask<byte[]?> FindAsync(IConfigurationSession session, string name) =>
        session.FirstAsync("SELECT value FROM settings WHERE name=?1", row => row.Bytes(0), name);
}
