using Sluice.Storage;

namespace Sluice.Tenants;

/// <summary>The stored sessions, by the hash of their text. Each call runs inside a read or a transaction of the caller's.</summary>
internal static class SessionTable
{
    private const string Columns = "hash, key_hash, created_at, expires_at, holder_id, name, role, tenant_id, account_id, issuer, email, viewer_id, viewer_user, viewer_filter";

    public static ValueTask<Session?> FindAsync(IConfigurationSession session, AccessKeyHash hash) =>
        session.FirstAsync($"SELECT {Columns} FROM sessions WHERE hash=?1", Read, hash.ToArray());

    public static async ValueTask AddAsync(IConfigurationSession session, AccessKeyHash hash, Session added) => await session.ExecuteAsync(
        $"INSERT INTO sessions ({Columns}, kind) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        hash.ToArray(), added.KeyHash?.ToArray(), added.CreatedAt, added.ExpiresAt,
        added.Holder.Id, added.Holder.Name, RoleNames.Of(added.Holder.Role), added.Holder.TenantId, added.Holder.AccountId, added.Holder.User?.Issuer, added.Holder.User?.Email,
        added.Holder.Viewer is null ? null : added.Id, added.Holder.Viewer?.User, added.Holder.Viewer?.Filter, added.Kind);

    /// <summary>A viewer's, by the id that everybody may know.</summary>
    public static async ValueTask<(AccessKeyHash Hash, Session Session)?> FindViewerAsync(IConfigurationSession session, string id)
    {
        var found = await session.QueryAsync($"SELECT {Columns} FROM sessions WHERE viewer_id=?1", row => (Hash: new AccessKeyHash(row.Bytes(0)), Session: Read(row)), id);
        return found.Count > 0 ? found[0] : null;
    }

    public static async ValueTask RemoveAsync(IConfigurationSession session, AccessKeyHash hash) => await session.ExecuteAsync("DELETE FROM sessions WHERE hash=?1", hash.ToArray());

    /// <summary>When the next one ends; null when there is none.</summary>
    public static async ValueTask<long?> NextEndAsync(IConfigurationSession session) => await session.FirstAsync("SELECT min(expires_at) FROM sessions", row => row.LongOrNull(0));

    /// <summary>Removes what has ended by now, the first to end first.</summary>
    public static async ValueTask<IReadOnlyList<Session>> TakeEndedAsync(IConfigurationSession session, long now, int max)
    {
        var ended = await session.QueryAsync($"SELECT {Columns} FROM sessions WHERE expires_at <= ?1 ORDER BY expires_at, hash LIMIT ?2", row => (Hash: row.Bytes(0), Session: Read(row)), now, max);
        foreach (var (hash, _) in ended) await session.ExecuteAsync("DELETE FROM sessions WHERE hash=?1", hash);
        return [.. ended.Select(one => one.Session)];
    }

    /// <summary>Of a key's session that an earlier version began, only the key is known.</summary>
    private static Session Read(IConfigurationRow row)
    {
        var viewer = row.TextOrNull(11) is null ? null : new ViewerGrant(row.TextOrNull(12), row.TextOrNull(13));
        var id = row.TextOrNull(11) ?? Session.IdOf(new AccessKeyHash(row.Bytes(0)));
        var user = row.TextOrNull(9) is { } issuer ? new SignedInUser(issuer, row.Text(4), row.Text(5), row.TextOrNull(10)) : null;
        var holder = new Caller(row.TextOrNull(4) ?? "", row.TextOrNull(5) ?? "", RoleNames.TryParse(row.TextOrNull(6)) ?? Role.Reader, row.TextOrNull(7), row.TextOrNull(8)) { SessionId = id, User = user, Viewer = viewer };
        return new Session(id, holder, row.Long(2), row.Long(3)) { KeyHash = user is null ? new AccessKeyHash(row.Bytes(1)) : null };
    }
}
