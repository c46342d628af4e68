using Sluice.Storage;

namespace Sluice.Tenants;

/// <summary>
/// Keys, machine accounts and tenants, in memory. Changes made by another process (the <c>keys</c> command) or on another node are seen within a second.
/// While the store cannot be read, what is known stays in force.
/// </summary>
public sealed class AccessDirectory(IConfigurationStore store, TimeProvider time)
{
    private static readonly TimeSpan LookForChangesEvery = TimeSpan.FromSeconds(1);

    /// <summary>So long a request waits for a look that came due with it; then it goes by what is known.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Lock _adopting = new();
    private volatile Looked? _known;
    private long _looks;
    private long _lookedAt;

    public TimeProvider Time => time;

    /// <summary>What is known; null before the first look.</summary>
    public AccessSnapshot? Known => _known?.Seen;

    public bool IsTimeToLook => time.GetElapsedTime(Volatile.Read(ref _lookedAt)) >= LookForChangesEvery;

    /// <summary>What is known, not older than a second if the store can be read.</summary>
    /// <exception cref="StorageUnavailableException">Nothing is known yet, and the store cannot say now.</exception>
    public async ValueTask<AccessSnapshot> CurrentAsync(CancellationToken cancellation = default)
    {
        if (_known is null) return await LookAsync(cancellation);
        if (IsTimeToLook) await TryLookAsync(cancellation);
        return _known.Seen;
    }

    /// <summary>Reads anew what has changed.</summary>
    public async ValueTask<AccessSnapshot> LookAsync(CancellationToken cancellation = default)
    {
        var (number, known) = (Interlocked.Increment(ref _looks), _known?.Seen);
        var seen = await store.ReadAsync(async session =>
        {
            var version = await AccessVersion.OfAsync(session);
            return known?.Version == version ? known : await ReadAsync(session, version);
        }, cancellation);
        return Adopted(new Looked(number, seen));
    }

    /// <summary>Reads all anew, with the times at which keys were used.</summary>
    public ValueTask<AccessSnapshot> ReadAllAsync(CancellationToken cancellation = default) => store.ReadAsync(session => ReadAsync(session), cancellation);

    /// <summary>The look of every second, and the one after a change. Requests that come meanwhile go by what is known.</summary>
    public async ValueTask TryLookAsync(CancellationToken cancellation)
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

    /// <summary>Changes something, all or nothing, under a new version.</summary>
    /// <param name="change">Returns whether anything was changed, and what comes of it.</param>
    internal async ValueTask<T> ChangeAsync<T>(Func<IConfigurationSession, ValueTask<(bool IsChanged, T Result)>> change, CancellationToken cancellation)
    {
        var result = await store.WriteAsync(async session =>
        {
            var (isChanged, result) = await change(session);
            if (isChanged) await AccessVersion.RenewAsync(session);
            return result;
        }, cancellation);
        await TryLookAsync(CancellationToken.None);
        return result;
    }

    internal static async ValueTask<AccessSnapshot> ReadAsync(IConfigurationSession session, long version = 0) =>
        new(version, await AccessKeyTable.AllAsync(session), await MachineAccountTable.AllAsync(session), await TenantTable.AllAsync(session));

    /// <summary>A look that began before another one and ends after it knows less.</summary>
    private AccessSnapshot Adopted(Looked seen)
    {
        lock (_adopting)
        {
            if (_known is null || _known.Number < seen.Number) _known = seen;
            Volatile.Write(ref _lookedAt, time.GetTimestamp());
            return _known.Seen;
        }
    }

    private sealed record Looked(long Number, AccessSnapshot Seen);
}
