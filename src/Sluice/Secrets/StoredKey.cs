using System.Security.Cryptography;
using Sluice.Storage.Sqlite;

namespace Sluice.Secrets;

/// <summary>A random key of the instance, made once and kept encrypted among its settings, so that what it signed outlives restarts.</summary>
public static class StoredKey
{
    private const int Length = 32;

    public static byte[] GetOrCreate(ConfigurationDatabase database, ISecretProtector protector, string name)
    {
        var stored = Find(database, name);
        if (stored is not null) return protector.Unprotect(stored, name);
        var key = RandomNumberGenerator.GetBytes(Length);
        var secret = protector.Protect(key, name);
        database.Write(open =>
        {
            using var insert = open.Prepare("INSERT INTO settings (name, value) VALUES (?1, ?2)");
            insert.Bind(1, name).Bind(2, secret).Run();
        });
        return key;
    }

    private static byte[]? Find(ConfigurationDatabase database, string name) => database.Read(open =>
    {
        using var select = open.Prepare("SELECT value FROM settings WHERE name=?1");
        return select.Bind(1, name).Step() ? select.Blob(0).ToArray() : null;
    });
}
