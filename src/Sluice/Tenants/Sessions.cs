using System.Collections.Concurrent;
using System.Net;
using Sluice.Events;
using Sluice.SelfAudit;
using Sluice.Storage;

namespace Sluice.Tenants;

/// <summary>
/// Browsers that signed in, stored by the hash of what they hold: one that signed in at one node is known at all. Signing out ends a session at once, on other nodes within a second.
/// While the store cannot be read, sessions that are known here stay in force.
/// </summary>
public sealed class Sessions(IConfigurationStore store, AccessKeys keys, TimeProvider time, TimeSpan lifetime)
{
    private const int MostRemembered = 10_000;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<AccessKeyHash, Seen> _seen = new();

    private long Now => Timestamp.Now(time);

    /// <summary>Signs a browser in with a key that <see cref="AccessKeys"/> found valid.</summary>
    /// <param name="origin">Whose event tells of it.</param>
    public ValueTask<StartedSession> StartAsync(string keyText, Caller caller, ChangeOrigin origin, CancellationToken cancellation = default)
    {
        AccessKeyHash.TryOf(keyText, out var keyHash);
        return StartAsync(caller, keyHash, origin, cancellation);
    }

    /// <summary>Signs a browser in for somebody whom a provider knows.</summary>
    public ValueTask<StartedSession> StartAsync(Caller user, ChangeOrigin origin, CancellationToken cancellation = default) => StartAsync(user, null, origin, cancellation);

    /// <exception cref="StorageUnavailableException">The session is not known here, and the store cannot say now.</exception>
    public async ValueTask<SessionLookup> FindAsync(string text, IPAddress? from = null, CancellationToken cancellation = default)
    {
        if (await FindRunningAsync(text, cancellation) is not { Holder.Viewer: null } session) return SessionLookup.Unknown;
        return new SessionLookup(session, session.KeyHash is { } key ? await keys.FindAsync(key, mayBeNew: true, from, cancellation) : new KeyLookup(KeyVerdict.Valid, null));
    }

    /// <summary>The same for the text of a viewer's token. It is good wherever it comes from: the key's networks are those of its maker, not of those who look.</summary>
    /// <exception cref="StorageUnavailableException">It is not known here, and the store cannot say now.</exception>
    public async ValueTask<SessionLookup> FindViewerAsync(string text, CancellationToken cancellation = default)
    {
        if (await FindRunningAsync(text, cancellation) is not { Holder.Viewer: not null } session) return SessionLookup.Unknown;
        var found = await keys.FindAnywhereAsync(session.KeyHash!.Value, cancellation);
        return found.Key?.Caller is { } maker && !MayShow(maker, session.Holder.TenantId!) ? SessionLookup.Unknown : new SessionLookup(session, found);
    }

    /// <summary>Whether a key's holder may let others see a tenant's events.</summary>
    public static bool MayShow(Caller maker, string tenant) => maker.May(Permission.ReadEvents) && (maker.IsInstance || maker.TenantId == tenant);

    /// <summary>Nothing of it is remembered here any more.</summary>
    internal void Forget(AccessKeyHash hash) => _seen.TryRemove(hash, out _);

    private async ValueTask<Session?> FindRunningAsync(string text, CancellationToken cancellation) =>
        AccessKeyHash.TryOf(text, out var hash) && await ReadAsync(hash, cancellation) is { } session && session.ExpiresAt > Now ? session : null;

    public async ValueTask EndAsync(string text, ChangeOrigin origin, CancellationToken cancellation = default)
    {
        if (!AccessKeyHash.TryOf(text, out var hash)) return;
        await store.WriteAsync(async session =>
        {
            if (await SessionTable.FindAsync(session, hash) is not { } ended || ended.ExpiresAt <= Now) return false;
            await SessionTable.RemoveAsync(session, hash);
            await OwnEventTable.AddAsync(session, SessionFacts.Changed(OwnActions.SessionEnded, Now, ended, origin));
            return true;
        }, cancellation);
        Forget(hash);
    }

    private async ValueTask<StartedSession> StartAsync(Caller holder, AccessKeyHash? key, ChangeOrigin origin, CancellationToken cancellation)
    {
        var (text, now) = (SessionText.Create(), Now);
        AccessKeyHash.TryOf(text, out var hash);
        var id = Session.IdOf(hash);
        var started = new Session(id, holder with { SessionId = id }, now, now + lifetime.Ticks * 100) { KeyHash = key };
        await store.WriteAsync(async session =>
        {
            await SessionTable.AddAsync(session, hash, started);
            await OwnEventTable.AddAsync(session, SessionFacts.Changed(OwnActions.SessionStarted, now, started, origin));
            return true;
        }, cancellation);
        return new StartedSession(started, text);
    }

    private async ValueTask<Session?> ReadAsync(AccessKeyHash hash, CancellationToken cancellation)
    {
        var known = _seen.GetValueOrDefault(hash);
        if (known is not null && time.GetElapsedTime(known.At) < LookEvery) return known.Session;
        try
        {
            var at = time.GetTimestamp();
            return Remembered(hash, at, await store.ReadAsync(session => SessionTable.FindAsync(session, hash), cancellation));
        }
        catch (StorageUnavailableException) when (known is not null)
        {
            return known.Session;
        }
    }

    private Session? Remembered(AccessKeyHash hash, long at, Session? found)
    {
        if (_seen.Count >= MostRemembered) _seen.Clear();
        if (found is null) _seen.TryRemove(hash, out _);
        else _seen[hash] = new Seen(found, at);
        return found;
    }

    private sealed record Seen(Session Session, long At);
}
