using System.Security.Cryptography;
using Sluice.Storage;

namespace Sluice.Tenants;

/// <summary>The number that every change of keys, machine accounts and tenants replaces. Each call runs inside a read or a transaction of the caller's.</summary>
internal static class AccessVersion
{
    private const string Name = "access-keys-version";

    /// <returns>Zero before the first change.</returns>
    public static async ValueTask<long> OfAsync(IConfigurationSession session) =>
        await session.FirstAsync("SELECT value FROM settings WHERE name=?1", row => BitConverter.ToInt64(row.Bytes(0)), Name);

    /// <summary>A random one: nobody has to have read the one before.</summary>
    public static async ValueTask RenewAsync(IConfigurationSession session) => await session.ExecuteAsync(
        "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value=excluded.value",
        Name, RandomNumberGenerator.GetBytes(sizeof(long)));
}
