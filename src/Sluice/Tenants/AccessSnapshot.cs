namespace Sluice.Tenants;

/// <summary>Keys, machine accounts and tenants as they were at one moment.</summary>
public sealed class AccessSnapshot
{
    private readonly IReadOnlyDictionary<string, Tenant> _tenants;
    private readonly ILookup<string?, string> _children;

    internal AccessSnapshot(
        long version, IReadOnlyDictionary<AccessKeyHash, AccessKey> keys, IReadOnlyDictionary<string, MachineAccount> accounts, IReadOnlyDictionary<string, Tenant> tenants)
    {
        (Version, Keys, Accounts, _tenants) = (version, keys, accounts, tenants);
        _children = tenants.Values.ToLookup(tenant => tenant.Parent, tenant => tenant.Id);
    }

    /// <summary>Replaced by every change of them.</summary>
    public long Version { get; }

    public IReadOnlyDictionary<string, MachineAccount> Accounts { get; }

    /// <summary>Those of which something was said.</summary>
    public IEnumerable<Tenant> Tenants => _tenants.Values;

    internal IReadOnlyDictionary<AccessKeyHash, AccessKey> Keys { get; }

    /// <summary>What was said of a tenant, or what goes for all.</summary>
    public Tenant Tenant(string id) => _tenants.GetValueOrDefault(id) ?? new Tenant(id);

    /// <summary>For every request: a tenant of which nothing was said has none.</summary>
    internal RateLimit? RateLimitOf(string tenant) => _tenants.GetValueOrDefault(tenant)?.RateLimit;

    /// <summary>It and all that belong to it, and to these.</summary>
    public IReadOnlySet<string> WithDescendants(string tenant)
    {
        var (found, open) = (new HashSet<string> { tenant }, new Queue<string>([tenant]));
        while (open.TryDequeue(out var parent))
        {
            foreach (var child in _children[parent].Where(found.Add)) open.Enqueue(child);
        }

        return found;
    }

    /// <summary>From where a key may be used: what it says and what its account says.</summary>
    internal bool Allows(AccessKey key, System.Net.IPAddress? address) =>
        key.AllowedNetworks.Allows(address) && (key.AccountId is null || Accounts.GetValueOrDefault(key.AccountId)?.AllowedNetworks.Allows(address) == true);
}
