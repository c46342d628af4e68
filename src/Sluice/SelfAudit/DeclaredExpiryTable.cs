using Sluice.Storage;

namespace Sluice.SelfAudit;

/// <summary>Certificates that will end, with the date that was declared last.</summary>
internal static class DeclaredExpiryTable
{
    public static async ValueTask PutAsync(IConfigurationSession session, DeclaredExpiry declared)
    {
        if (declared.NotAfter is not { } end)
            await session.ExecuteAsync("DELETE FROM declared_expiries WHERE tenant_id=?1 AND id=?2", declared.Tenant, declared.Id);
        else
            await session.ExecuteAsync(
                "INSERT INTO declared_expiries (tenant_id, id, type, name, not_after) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (tenant_id, id) DO UPDATE SET type=excluded.type, name=excluded.name, not_after=excluded.not_after",
                declared.Tenant, declared.Id, declared.Type, declared.Name, end);
    }

    /// <summary>Those whose end has come, the earliest first, are taken out.</summary>
    public static async ValueTask<IReadOnlyList<DeclaredExpiry>> TakeAsync(IConfigurationSession session, long now, int most)
    {
        var ended = await session.QueryAsync(
            "SELECT tenant_id, type, id, name, not_after FROM declared_expiries WHERE not_after<=?1 ORDER BY not_after, tenant_id, id LIMIT ?2",
            row => new DeclaredExpiry(row.Text(0), row.Text(1), row.Text(2), row.TextOrNull(3), row.Long(4)), now, most);
        foreach (var one in ended) await PutAsync(session, one with { NotAfter = null });
        return ended;
    }

    /// <summary>When the next one ends; null when none will.</summary>
    public static async ValueTask<long?> NextAsync(IConfigurationSession session) =>
        await session.FirstAsync("SELECT not_after FROM declared_expiries ORDER BY not_after LIMIT 1", row => (long?)row.Long(0));
}
