using Sluice.Events;
using Sluice.SelfAudit;
using Sluice.Storage;

namespace Sluice.Tenants;

/// <summary>
/// Tokens by which a key's holder shows one tenant's events to others for a while: sessions of the key's, and of nobody's browser. They end with their time, with their key, or when somebody revokes them.
/// </summary>
public sealed class ViewerTokens(IConfigurationStore store, Sessions sessions, TimeProvider time)
{
    private long Now => Timestamp.Now(time);

    /// <param name="keyText">The key that <paramref name="maker"/> holds.</param>
    /// <param name="tenant">Whose events it shows; see <see cref="Sessions.MayShow"/>.</param>
    public async ValueTask<StartedSession> CreateAsync(string keyText, Caller maker, string tenant, ViewerGrant grant, TimeSpan lifetime, ChangeOrigin origin, CancellationToken cancellation = default)
    {
        var (text, now) = (SessionText.CreateForViewer(), Now);
        AccessKeyHash.TryOf(text, out var hash);
        AccessKeyHash.TryOf(keyText, out var key);
        var id = Session.IdOf(hash, "vwt_");
        var made = new Session(id, maker with { SessionId = id, TenantId = tenant, Role = Role.Reader, Viewer = grant }, now, now + lifetime.Ticks * 100) { KeyHash = key };
        await store.WriteAsync(async session =>
        {
            await SessionTable.AddAsync(session, hash, made);
            await OwnEventTable.AddAsync(session, SessionFacts.Changed(OwnActions.SessionStarted, now, made, origin));
            return true;
        }, cancellation);
        return new StartedSession(made, text);
    }

    /// <summary>Ends it at once, on other nodes within a second.</summary>
    /// <returns>False when there is none that the caller may revoke: its own key's, or as an admin its tenant's.</returns>
    public async ValueTask<bool> RevokeAsync(string id, Caller caller, ChangeOrigin origin, CancellationToken cancellation = default)
    {
        AccessKeyHash? gone = null;
        await store.WriteAsync(async session =>
        {
            if (await SessionTable.FindViewerAsync(session, id) is not var (hash, found) || found.ExpiresAt <= Now || !MayRevoke(caller, found)) return false;
            await SessionTable.RemoveAsync(session, hash);
            await OwnEventTable.AddAsync(session, SessionFacts.Changed(OwnActions.SessionEnded, Now, found, origin));
            gone = hash;
            return true;
        }, cancellation);
        if (gone is { } ended) sessions.Forget(ended);
        return gone is not null;
    }

    private static bool MayRevoke(Caller caller, Session token) =>
        caller.Id == token.Holder.Id || (caller.May(Permission.ManageAccess) && Sessions.MayShow(caller, token.Holder.TenantId!));
}
