using Sluice.Storage;

namespace Sluice.Streams;

/// <summary>Names that must differ, where a provider wants that: in a tenant, or among the instance's. One that is being deleted gives its name up.</summary>
internal static class StoredNames
{
    /// <summary>Inside a write, so that no other one can take the name meanwhile.</summary>
    /// <exception cref="NameTakenException">Another one has it.</exception>
    public static async ValueTask RefuseTakenAsync(IConfigurationSession session, DestinationRow row)
    {
        if (!row.HasUniqueName) return;
        var tenants = await session.QueryAsync(
            "SELECT d.tenant_id, s.state FROM destinations d JOIN streams s ON s.destination_id=d.id WHERE d.name=?1 AND d.id<>?2 AND d.provider=?3 AND d.deleted_at IS NULL",
            its => (Id: its.TextOrNull(0), State: StreamStore.State(its.Text(1))), row.Name, row.Id, row.Provider);
        if (tenants.Any(tenant => tenant.Id == row.TenantId && tenant.State.Status != StreamStatus.Deleting)) throw new NameTakenException(row.Name);
    }

    /// <summary>A name that two have had since names did not have to differ stays allowed, until one of them is renamed.</summary>
    public static async ValueTask RefuseNewIfTakenAsync(IConfigurationSession session, DestinationRow row)
    {
        var before = await session.FirstAsync("SELECT name FROM destinations WHERE id=?1", its => its.Text(0), row.Id);
        if (row.Name != before) await RefuseTakenAsync(session, row);
    }
}
