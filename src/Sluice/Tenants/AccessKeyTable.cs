using Sluice.Storage.Sqlite;

namespace Sluice.Tenants;

/// <summary>The stored keys. Each call runs inside a read or a transaction of the caller's.</summary>
internal static class AccessKeyTable
{
    private const string Columns = "id, prefix, name, role, tenant_id, created_at, expires_at, hash";

    public static Dictionary<AccessKeyHash, AccessKey> All(Database database)
    {
        using var statement = database.Prepare($"SELECT {Columns} FROM access_keys");
        var keys = new Dictionary<AccessKeyHash, AccessKey>();
        while (statement.Step()) keys[new AccessKeyHash(statement.Blob(7))] = Read(statement);
        return keys;
    }

    public static void Add(Database database, AccessKey key, AccessKeyHash hash)
    {
        using var statement = database.Prepare($"INSERT INTO access_keys ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        statement.Bind(1, key.Id).Bind(2, key.Prefix).Bind(3, key.Name).Bind(4, RoleNames.Of(key.Role)).Bind(5, key.TenantId)
            .Bind(6, key.CreatedAt).Bind(7, key.ExpiresAt).Bind(8, hash.ToArray()).Run();
    }

    public static void Remove(Database database, string id)
    {
        using var statement = database.Prepare("DELETE FROM access_keys WHERE id = ?");
        statement.Bind(1, id).Run();
    }

    /// <summary>Changes whenever another connection, such as the command line's, has written.</summary>
    public static long OthersVersion(Database database) => database.Scalar("PRAGMA data_version");

    private static AccessKey Read(Statement row) =>
        new(row.Text(0), row.Text(1), row.Text(2), RoleNames.TryParse(row.Text(3)) ?? Role.Reader, row.TextOrNull(4), row.Long(5), row.LongOrNull(6));
}
