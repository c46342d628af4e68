using System.Net;
using System.Text.Json.Nodes;
using Sluice.Events;
using Sluice.SelfAudit;
using Sluice.Storage;

namespace Sluice.Tenants;

public enum RevokeVerdict
{
    Revoked,
    NotFound,

    /// <summary>It is the last key that can administer the instance: without it, nobody could make another one.</summary>
    LastAdmin,
}

/// <summary>Every access key, by the hash of its text. A key that another process or node made works at its first request.</summary>
/// <param name="environmentKey">An instance admin key that is valid while the process runs and never stored, if there is one.</param>
public sealed class AccessKeys(AccessDirectory directory, string? environmentKey)
{
    private readonly AccessKeyHash? _environmentHash = AccessKeyHash.TryOf(environmentKey, out var hash) ? hash : null;
    private readonly AccessKey _environmentKey = new("key_env", "", "SLUICE_ADMIN_KEY", Role.Admin, null, 0, null);

    public AccessKeys(IConfigurationStore store, TimeProvider time, string? environmentKey)
        : this(new AccessDirectory(store, time), environmentKey)
    {
    }

    private long Now => Timestamp.Now(directory.Time);

    /// <summary>Whether somebody can administer the instance now.</summary>
    public async ValueTask<bool> HasInstanceAdminAsync(CancellationToken cancellation = default) =>
        _environmentHash is not null || HasStoredInstanceAdmin((await directory.LookAsync(cancellation)).Keys.Values);

    /// <summary>Who holds this key. Costs a hash and a look into a table in memory.</summary>
    /// <param name="from">Where the request comes from.</param>
    /// <exception cref="StorageUnavailableException">The key is not among those that are known, and the store cannot say now.</exception>
    public ValueTask<KeyLookup> FindAsync(string text, IPAddress? from = null, CancellationToken cancellation = default)
    {
        return AccessKeyHash.TryOf(text, out var hash) ? FindAsync(hash, AccessKeyText.IsWellFormed(text), from, cancellation) : ValueTask.FromResult(KeyLookup.Unknown);
    }

    /// <param name="mayBeNew">Whether it is worth a look when nobody knows it here.</param>
    internal ValueTask<KeyLookup> FindAsync(AccessKeyHash hash, bool mayBeNew, IPAddress? from, CancellationToken cancellation)
    {
        if (_environmentHash?.Equals(hash) == true) return ValueTask.FromResult(new KeyLookup(KeyVerdict.Valid, _environmentKey));
        if (directory.Known is { } known && !directory.IsTimeToLook && known.Keys.TryGetValue(hash, out var key)) return ValueTask.FromResult(Judged(known, key, from));
        return FindWithALookAsync(hash, mayBeNew, from, cancellation);
    }

    /// <summary>The same for somebody whom the key's holder sent: from where the key may be used does not matter.</summary>
    internal async ValueTask<KeyLookup> FindAnywhereAsync(AccessKeyHash hash, CancellationToken cancellation)
    {
        var found = await FindAsync(hash, mayBeNew: true, null, cancellation);
        return found.Verdict == KeyVerdict.WrongAddress ? found with { Verdict = KeyVerdict.Valid } : found;
    }

    /// <summary>Keys that the caller may see, oldest first: an instance's all, a tenant's its own tenant's.</summary>
    public async ValueTask<IReadOnlyList<AccessKey>> ListAsync(Caller? manager = null, CancellationToken cancellation = default) =>
        [.. (await directory.ReadAllAsync(cancellation)).Keys.Values.Where(key => IsManagedBy(manager, key)).OrderBy(key => key.CreatedAt).ThenBy(key => key.Id, StringComparer.Ordinal)];

    /// <summary>Makes a key; for a tenant that is marked as a test, a test key. For whom its machine account says, its role as it is at that moment.</summary>
    /// <exception cref="AccountGoneException">Its machine account was deleted meanwhile.</exception>
    public ValueTask<CreatedAccessKey> CreateAsync(AccessKeyRequest request, CancellationToken cancellation = default) => directory.ChangeAsync<CreatedAccessKey>(async session =>
    {
        if (request.AccountId is { } id)
        {
            var account = (await MachineAccountTable.AllAsync(session)).GetValueOrDefault(id) ?? throw new AccountGoneException(id);
            request = request with { Role = account.Role, TenantId = account.TenantId };
        }

        var (created, hash) = Make(request, await IsForTestAsync(session, request.TenantId));
        await AccessKeyTable.AddAsync(session, created.Key, hash);
        await OwnEventTable.AddAsync(session, AccessFacts.Changed(OwnActions.KeyCreated, Now, null, created.Key));
        return (true, created);
    }, cancellation);

    /// <summary>Somebody must be able to begin: makes an instance admin's key when nobody can administer the instance. Of several nodes that start, one does.</summary>
    /// <returns>Null when somebody can.</returns>
    public async ValueTask<CreatedAccessKey?> CreateFirstAdminAsync(string name, CancellationToken cancellation = default)
    {
        if (_environmentHash is not null) return null;
        var (created, hash) = Make(new AccessKeyRequest(name, Role.Admin), isTest: false);
        return await directory.ChangeAsync<CreatedAccessKey?>(async session =>
        {
            if (HasStoredInstanceAdmin((await AccessKeyTable.AllAsync(session)).Values)) return (false, null);
            await AccessKeyTable.AddAsync(session, created.Key, hash);
            await OwnEventTable.AddAsync(session, AccessFacts.Changed(OwnActions.KeyCreated, Now, null, created.Key));
            return (true, created);
        }, cancellation);
    }

    /// <summary>Makes a key like another one, which goes on for a while.</summary>
    /// <param name="overlap">How long the old one still works; it never works longer than it would have.</param>
    /// <param name="expiresAt">The new key's end.</param>
    /// <returns>Null when there is no such key, or it has ended.</returns>
    public ValueTask<RotatedAccessKey?> RotateAsync(string id, TimeSpan overlap, long? expiresAt, Caller? manager = null, CancellationToken cancellation = default) => directory.ChangeAsync<RotatedAccessKey?>(async session =>
    {
        var old = (await AccessKeyTable.AllAsync(session)).Values.FirstOrDefault(key => key.Id == id && IsManagedBy(manager, key));
        if (old is null || old.IsExpired(Now)) return (false, null);
        var (created, hash) = Make(
            new AccessKeyRequest(old.Name, old.Role, old.TenantId, expiresAt) { AllowedNetworks = old.AllowedNetworks, AccountId = old.AccountId }, await IsForTestAsync(session, old.TenantId));
        var end = Math.Min(old.ExpiresAt ?? long.MaxValue, Now + overlap.Ticks * 100);
        await AccessKeyTable.AddAsync(session, created.Key, hash);
        await AccessKeyTable.ReplaceAsync(session, old.Id, created.Key.Id, end);
        await OwnEventTable.AddAsync(session, AccessFacts.Changed(OwnActions.KeyRotated, Now, old, old with { ExpiresAt = end }, new JsonObject { ["new_key_id"] = created.Key.Id }));
        return (true, new RotatedAccessKey(created, old with { ExpiresAt = end }));
    }, cancellation);

    /// <param name="manager">Who asks; null for whoever owns the data, to whom no rule applies.</param>
    public ValueTask<RevokeVerdict> RevokeAsync(string id, Caller? manager = null, CancellationToken cancellation = default) => directory.ChangeAsync(async session =>
    {
        var keys = (await AccessKeyTable.AllAsync(session)).Values;
        var key = keys.FirstOrDefault(key => key.Id == id && IsManagedBy(manager, key));
        if (key is null) return (false, RevokeVerdict.NotFound);
        if (manager is not null && WouldLockOut([key], keys)) return (false, RevokeVerdict.LastAdmin);
        await AccessKeyTable.RemoveAsync(session, id);
        await OwnEventTable.AddAsync(session, AccessFacts.Changed(OwnActions.KeyRevoked, Now, key, null));
        return (true, RevokeVerdict.Revoked);
    }, cancellation);

    /// <summary>Whether nobody could administer the instance any more without these.</summary>
    internal bool WouldLockOut(IReadOnlyCollection<AccessKey> gone, IReadOnlyCollection<AccessKey> all) =>
        _environmentHash is null && gone.Any(key => key.IsInstanceAdmin && !key.IsExpired(Now)) && !HasStoredInstanceAdmin(all.Except(gone));

    internal static bool IsManagedBy(Caller? manager, string? tenant) => manager is null || manager.IsInstance || manager.TenantId == tenant;

    private static bool IsManagedBy(Caller? manager, AccessKey key) => IsManagedBy(manager, key.TenantId);

    private static async ValueTask<bool> IsForTestAsync(IConfigurationSession session, string? tenant) =>
        tenant is not null && (await TenantTable.AllAsync(session)).GetValueOrDefault(tenant)?.IsTest == true;

    private (CreatedAccessKey Created, AccessKeyHash Hash) Make(AccessKeyRequest request, bool isTest)
    {
        var text = AccessKeyText.Create(isTest);
        AccessKeyHash.TryOf(text, out var hash);
        var key = new AccessKey(AccessKeyText.CreateId(), text[..AccessKeyText.PrefixLength], request.Name, request.Role, request.TenantId, Now, request.ExpiresAt)
        {
            AllowedNetworks = request.AllowedNetworks,
            AccountId = request.AccountId,
        };
        return (new CreatedAccessKey(key, text), hash);
    }

    private async ValueTask<KeyLookup> FindWithALookAsync(AccessKeyHash hash, bool mayBeNew, IPAddress? from, CancellationToken cancellation)
    {
        var known = await directory.CurrentAsync(cancellation);
        if (!known.Keys.TryGetValue(hash, out var key) && mayBeNew) (known = await directory.LookAsync(cancellation)).Keys.TryGetValue(hash, out key);
        return key is null ? KeyLookup.Unknown : Judged(known, key, from);
    }

    private KeyLookup Judged(AccessSnapshot known, AccessKey key, IPAddress? from)
    {
        if (key.IsExpired(Now)) return new KeyLookup(KeyVerdict.Expired, key);
        if (key.IsTest && !known.Tenant(key.TenantId!).IsTest) return new KeyLookup(KeyVerdict.NoTestTenant, key);
        return new KeyLookup(known.Allows(key, from) ? KeyVerdict.Valid : KeyVerdict.WrongAddress, key);
    }

    private bool HasStoredInstanceAdmin(IEnumerable<AccessKey> keys) => keys.Any(key => key.IsInstanceAdmin && !key.IsExpired(Now));
}
