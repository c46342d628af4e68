using Sluice.Events;
using Sluice.SelfAudit;

namespace Sluice.Tenants;

/// <summary>What is said of tenants, by the instance's admins.</summary>
public sealed class TenantRegistry(AccessDirectory directory)
{
    /// <summary>How deep tenants may stand below each other.</summary>
    public const int Deepest = 20;

    private long Now => Timestamp.Now(directory.Time);

    /// <summary>Those of which something was said, by id.</summary>
    public async ValueTask<IReadOnlyList<Tenant>> ListAsync(CancellationToken cancellation = default) =>
        [.. (await directory.LookAsync(cancellation)).Tenants.OrderBy(tenant => tenant.Id, StringComparer.Ordinal)];

    /// <summary>What goes for a tenant, a second late at most.</summary>
    public async ValueTask<Tenant> OfAsync(string id, CancellationToken cancellation = default) => (await directory.CurrentAsync(cancellation)).Tenant(id);

    /// <param name="change">Makes of what was said what is to be said.</param>
    /// <exception cref="TenantException">It would be its own ancestor, or too far below.</exception>
    public ValueTask<Tenant> ChangeAsync(string id, Func<Tenant, Tenant> change, CancellationToken cancellation = default) => directory.ChangeAsync(async session =>
    {
        var all = await TenantTable.AllAsync(session);
        var before = all.GetValueOrDefault(id);
        var after = change(before ?? new Tenant(id));
        all[id] = after;
        RequireRoot(all, id);
        await TenantTable.PutAsync(session, after);
        await OwnEventTable.AddAsync(session, AccessFacts.Changed(OwnActions.TenantUpdated, Now, before, after));
        return (true, after);
    }, cancellation);

    /// <summary>Nothing is said of it any more. Its events, keys and destinations stay.</summary>
    public ValueTask<bool> ForgetAsync(string id, CancellationToken cancellation = default) => directory.ChangeAsync(async session =>
    {
        var before = (await TenantTable.AllAsync(session)).GetValueOrDefault(id);
        var isGone = await TenantTable.RemoveAsync(session, id);
        if (isGone) await OwnEventTable.AddAsync(session, AccessFacts.Changed(OwnActions.TenantForgotten, Now, before, null));
        return (isGone, isGone);
    }, cancellation);

    private static void RequireRoot(Dictionary<string, Tenant> all, string id)
    {
        var (depth, at) = (0, id);
        while (all.GetValueOrDefault(at)?.Parent is { } parent)
        {
            if (parent == id) throw new TenantException($"Tenant {id} would be its own ancestor.");
            if (++depth > Deepest) throw new TenantException($"Tenants stand at most {Deepest} deep below each other.");
            at = parent;
        }
    }
}

/// <summary>A tenant cannot stand where it was put.</summary>
public sealed class TenantException(string message) : Exception(message);
