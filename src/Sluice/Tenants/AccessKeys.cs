using Sluice.Events;
using Sluice.Storage;

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

/// <param name="Caller">Who holds the key; null unless it is valid.</param>
public readonly record struct KeyLookup(KeyVerdict Verdict, Caller? Caller);

/// <summary>
/// Every access key, by the hash of its text, in memory. Changes made by another process (the <c>keys</c> command) or on another node are seen at the first
/// request with a new key, and within a second otherwise. While the store cannot be read, the keys that are known stay in force.
/// </summary>
/// <param name="environmentKey">An instance admin key that is valid while the process runs and never stored, if there is one.</param>
public sealed class AccessKeys(IConfigurationStore store, TimeProvider time, string? environmentKey)
{
    private static readonly TimeSpan LookForChangesEvery = TimeSpan.FromSeconds(1);

    /// <summary>So long a request waits for a look that came due with it; then it goes by what is known.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly AccessKeyHash? _environmentHash = AccessKeyHash.TryOf(environmentKey, out var hash) ? hash : null;
    private readonly AccessKey _environmentKey = new("key_env", "", "SLUICE_ADMIN_KEY", Role.Admin, null, 0, null);
    private readonly Lock _adopting = new();
    private volatile Known? _known;
    private long _looks;
    private long _lookedAt;

    /// <summary>Whether somebody can administer the instance now.</summary>
    public async ValueTask<bool> HasInstanceAdminAsync(CancellationToken cancellation = default) =>
        _environmentHash is not null || HasStoredInstanceAdmin((await LookAsync(cancellation)).Keys.Values, Timestamp.Now(time));

    /// <summary>Who holds this key. Costs a hash and a look into a table in memory.</summary>
    /// <exception cref="StorageUnavailableException">The key is not among those that are known, and the store cannot say now.</exception>
    public ValueTask<KeyLookup> FindAsync(string text, CancellationToken cancellation = default)
    {
        if (!AccessKeyHash.TryOf(text, out var hash)) return ValueTask.FromResult(new KeyLookup(KeyVerdict.Unknown, null));
        if (_environmentHash?.Equals(hash) == true) return ValueTask.FromResult(new KeyLookup(KeyVerdict.Valid, _environmentKey.Caller));
        if (_known is { } known && !IsTimeToLook() && known.Keys.TryGetValue(hash, out var key)) return ValueTask.FromResult(Judged(key));
        return FindWithALookAsync(text, hash, cancellation);
    }

    /// <summary>Keys that the caller may manage, oldest first: an instance's admin all, a tenant's admin its own tenant's.</summary>
    public async ValueTask<IReadOnlyList<AccessKey>> ListAsync(Caller? manager = null, CancellationToken cancellation = default) =>
        [.. (await LookAsync(cancellation)).Keys.Values.Where(key => IsManagedBy(manager, key)).OrderBy(key => key.CreatedAt).ThenBy(key => key.Id, StringComparer.Ordinal)];

    public async ValueTask<CreatedAccessKey> CreateAsync(AccessKeyRequest request, CancellationToken cancellation = default)
    {
        var (created, hash) = Make(request);
        await store.WriteAsync(async session =>
        {
            await AccessKeyTable.AddAsync(session, created.Key, hash);
            return true;
        }, cancellation);
        await TryLookAsync(CancellationToken.None);
        return created;
    }

    /// <summary>Somebody must be able to begin: makes an instance admin's key when nobody can administer the instance. Of several nodes that start, one does.</summary>
    /// <returns>Null when somebody can.</returns>
    public async ValueTask<CreatedAccessKey?> CreateFirstAdminAsync(string name, CancellationToken cancellation = default)
    {
        if (_environmentHash is not null) return null;
        var (created, hash) = Make(new AccessKeyRequest(name, Role.Admin));
        var isMade = await store.WriteAsync(async session =>
        {
            if (HasStoredInstanceAdmin((await AccessKeyTable.AllAsync(session)).Values, Timestamp.Now(time))) return false;
            await AccessKeyTable.AddAsync(session, created.Key, hash);
            return true;
        }, cancellation);
        await TryLookAsync(CancellationToken.None);
        return isMade ? created : null;
    }

    /// <param name="manager">Who asks; null for whoever owns the data, to whom no rule applies.</param>
    public async ValueTask<RevokeVerdict> RevokeAsync(string id, Caller? manager = null, CancellationToken cancellation = default)
    {
        var verdict = await store.WriteAsync(async session =>
        {
            var keys = (await AccessKeyTable.AllAsync(session)).Values;
            var key = keys.FirstOrDefault(key => key.Id == id && IsManagedBy(manager, key));
            if (key is null) return RevokeVerdict.NotFound;
            if (manager is not null && WouldLockOut(key, keys)) return RevokeVerdict.LastAdmin;
            await AccessKeyTable.RemoveAsync(session, id);
            return RevokeVerdict.Revoked;
        }, cancellation);
        await TryLookAsync(CancellationToken.None);
        return verdict;
    }

    private (CreatedAccessKey Created, AccessKeyHash Hash) Make(AccessKeyRequest request)
    {
        var text = AccessKeyText.Create();
        AccessKeyHash.TryOf(text, out var hash);
        var key = new AccessKey(AccessKeyText.CreateId(), text[..AccessKeyText.PrefixLength], request.Name, request.Role, request.TenantId, Timestamp.Now(time), request.ExpiresAt);
        return (new CreatedAccessKey(key, text), hash);
    }

    private async ValueTask<KeyLookup> FindWithALookAsync(string text, AccessKeyHash hash, CancellationToken cancellation)
    {
        if (_known is null) await LookAsync(cancellation);
        else if (IsTimeToLook()) await TryLookAsync(cancellation);
        if (_known!.Keys.TryGetValue(hash, out var key)) return Judged(key);
        if (AccessKeyText.IsWellFormed(text) && (await LookAsync(cancellation)).Keys.TryGetValue(hash, out key)) return Judged(key);
        return new KeyLookup(KeyVerdict.Unknown, null);
    }

    private KeyLookup Judged(AccessKey key) => key.IsExpired(Timestamp.Now(time)) ? new(KeyVerdict.Expired, null) : new(KeyVerdict.Valid, key.Caller);

    private bool IsTimeToLook() => time.GetElapsedTime(Volatile.Read(ref _lookedAt)) >= LookForChangesEvery;

    private bool WouldLockOut(AccessKey key, IEnumerable<AccessKey> keys)
    {
        var now = Timestamp.Now(time);
        return _environmentHash is null && key.IsInstanceAdmin && !key.IsExpired(now) && !HasStoredInstanceAdmin(keys.Where(other => other.Id != key.Id), now);
    }

    private static bool HasStoredInstanceAdmin(IEnumerable<AccessKey> keys, long now) => keys.Any(key => key.IsInstanceAdmin && !key.IsExpired(now));

    private static bool IsManagedBy(Caller? manager, AccessKey key) => manager is null || manager.IsInstance || manager.TenantId == key.TenantId;

    /// <summary>The look of every second, and the one after a change. Requests that come meanwhile go by what is known.</summary>
    private async ValueTask TryLookAsync(CancellationToken cancellation)
    {
        Volatile.Write(ref _lookedAt, time.GetTimestamp());
        try
        {
            await LookAsync(CancellationToken.None).AsTask().WaitAsync(Patience, time, cancellation);
        }
        catch (Exception error) when (error is StorageUnavailableException or TimeoutException)
        {
            // What is known stays in force; the next second looks again.
        }
    }

    /// <summary>Reads the keys anew if they have changed.</summary>
    private async ValueTask<Known> LookAsync(CancellationToken cancellation)
    {
        var (number, known) = (Interlocked.Increment(ref _looks), _known);
        var seen = await store.ReadAsync(async session =>
        {
            var version = await AccessKeyTable.VersionAsync(session);
            return new Known(number, version, known?.Version == version ? known.Keys : await AccessKeyTable.AllAsync(session));
        }, cancellation);
        return Adopted(seen);
    }

    /// <summary>A look that began before another one and ends after it knows less.</summary>
    private Known Adopted(Known seen)
    {
        lock (_adopting)
        {
            if (_known is null || _known.Look < seen.Look) _known = seen;
            Volatile.Write(ref _lookedAt, time.GetTimestamp());
            return _known;
        }
    }

    private sealed record Known(long Look, long Version, Dictionary<AccessKeyHash, AccessKey> Keys);
}
