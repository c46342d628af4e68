using Sluice.Events;
using Sluice.Storage.Sqlite;

namespace Sluice.Tenants;

public enum KeyVerdict
{
    Valid,
    Unknown,
    Expired,
}

public enum RevokeVerdict
{
    Revoked,
    NotFound,

    /// <summary>It is the last key that can administer the instance: without it, nobody could make another one.</summary>
    LastAdmin,
}

/// <summary>
/// Every access key, by the hash of its text, in memory. Changes made by another process (the <c>keys</c> command) are seen at the first
/// request with a new key, and within a second otherwise.
/// </summary>
public sealed class AccessKeys
{
    private static readonly TimeSpan LookForChangesEvery = TimeSpan.FromSeconds(1);

    private readonly ConfigurationDatabase _database;
    private readonly TimeProvider _time;
    private readonly AccessKeyHash? _environmentHash;
    private readonly AccessKey _environmentKey = new("key_env", "", "SLUICE_ADMIN_KEY", Role.Admin, null, 0, null);
    private readonly Lock _reload = new();
    private Dictionary<AccessKeyHash, AccessKey> _keys;
    private long _othersVersion;
    private long _lookedAt;

    /// <param name="environmentKey">An instance admin key that is valid while the process runs and never stored, if there is one.</param>
    public AccessKeys(ConfigurationDatabase database, TimeProvider time, string? environmentKey)
    {
        (_database, _time) = (database, time);
        if (AccessKeyHash.TryOf(environmentKey, out var hash)) _environmentHash = hash;
        (_othersVersion, _keys) = database.Read(open => (AccessKeyTable.OthersVersion(open), AccessKeyTable.All(open)));
        _lookedAt = time.GetTimestamp();
    }

    /// <summary>Whether somebody can administer the instance now.</summary>
    public bool HasInstanceAdmin => _environmentHash is not null || HasStoredInstanceAdmin(_keys.Values, Timestamp.Now(_time));

    /// <summary>Who holds this key. Costs a hash and a look into a table in memory.</summary>
    public KeyVerdict Find(string text, out Caller? caller)
    {
        caller = null;
        if (!AccessKeyHash.TryOf(text, out var hash)) return KeyVerdict.Unknown;
        if (_environmentHash?.Equals(hash) == true)
        {
            caller = _environmentKey.Caller;
            return KeyVerdict.Valid;
        }

        if (_time.GetElapsedTime(Volatile.Read(ref _lookedAt)) >= LookForChangesEvery) LookForChanges();
        if (!_keys.TryGetValue(hash, out var key) && !(AccessKeyText.IsWellFormed(text) && LookForChanges() && _keys.TryGetValue(hash, out key))) return KeyVerdict.Unknown;
        if (key.IsExpired(Timestamp.Now(_time))) return KeyVerdict.Expired;
        caller = key.Caller;
        return KeyVerdict.Valid;
    }

    /// <summary>Keys that the caller may manage, oldest first: an instance's admin all, a tenant's admin its own tenant's.</summary>
    public IReadOnlyList<AccessKey> List(Caller? manager = null)
    {
        LookForChanges();
        return [.. _keys.Values.Where(key => IsManagedBy(manager, key)).OrderBy(key => key.CreatedAt).ThenBy(key => key.Id, StringComparer.Ordinal)];
    }

    public CreatedAccessKey Create(AccessKeyRequest request)
    {
        var text = AccessKeyText.Create();
        AccessKeyHash.TryOf(text, out var hash);
        var key = new AccessKey(AccessKeyText.CreateId(), text[..AccessKeyText.PrefixLength], request.Name, request.Role, request.TenantId, Timestamp.Now(_time), request.ExpiresAt);
        _database.Write(open => AccessKeyTable.Add(open, key, hash));
        Reload();
        return new CreatedAccessKey(key, text);
    }

    /// <param name="manager">Who asks; null for whoever owns the data folder, to whom no rule applies.</param>
    public RevokeVerdict Revoke(string id, Caller? manager = null)
    {
        var verdict = _database.Write(open =>
        {
            var keys = AccessKeyTable.All(open).Values;
            var key = keys.FirstOrDefault(key => key.Id == id && IsManagedBy(manager, key));
            if (key is null) return RevokeVerdict.NotFound;
            if (manager is not null && WouldLockOut(key, keys)) return RevokeVerdict.LastAdmin;
            AccessKeyTable.Remove(open, id);
            return RevokeVerdict.Revoked;
        });
        Reload();
        return verdict;
    }

    private bool WouldLockOut(AccessKey key, IEnumerable<AccessKey> keys)
    {
        var now = Timestamp.Now(_time);
        return _environmentHash is null && key.IsInstanceAdmin && !key.IsExpired(now) && !HasStoredInstanceAdmin(keys.Where(other => other.Id != key.Id), now);
    }

    private static bool HasStoredInstanceAdmin(IEnumerable<AccessKey> keys, long now) => keys.Any(key => key.IsInstanceAdmin && !key.IsExpired(now));

    private static bool IsManagedBy(Caller? manager, AccessKey key) => manager is null || manager.IsInstance || manager.TenantId == key.TenantId;

    /// <returns>True when another process had changed something, and the keys were read anew.</returns>
    private bool LookForChanges()
    {
        lock (_reload)
        {
            Volatile.Write(ref _lookedAt, _time.GetTimestamp());
            if (_database.Read(AccessKeyTable.OthersVersion) == _othersVersion) return false;
            Reload();
            return true;
        }
    }

    private void Reload()
    {
        lock (_reload) (_othersVersion, _keys) = _database.Read(open => (AccessKeyTable.OthersVersion(open), AccessKeyTable.All(open)));
    }
}
