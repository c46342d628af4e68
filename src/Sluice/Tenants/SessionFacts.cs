using System.Text.Json.Nodes;
using Sluice.Events;
using Sluice.SelfAudit;

namespace Sluice.Tenants;

/// <summary>Sessions as Sluice's own ledger shows them. Of what the browser holds there is nothing in it.</summary>
internal static class SessionFacts
{
    /// <summary>Somebody signed in or out.</summary>
    public static OwnEvent Changed(string action, long at, Session session, ChangeOrigin origin) => new(action, at)
    {
        Actor = origin.Actor,
        Resource = ResourceOf(session),
        TenantId = session.Holder.TenantId,
        SourceIp = origin.SourceIp,
        UserAgent = origin.UserAgent,
        SessionId = session.Id,
        RequestId = origin.RequestId,
        Metadata = MetadataOf(session),
    };

    /// <summary>Its time is over. The id is made of what happened: nodes that notice the same one tell of it once.</summary>
    public static OwnEvent Expired(Session session) => new(OwnActions.SessionExpired, session.ExpiresAt)
    {
        Id = $"sluice-expired-{session.Id}",
        Resource = ResourceOf(session),
        TenantId = session.Holder.TenantId,
        SessionId = session.Id,
        Metadata = MetadataOf(session),
    };

    /// <summary>A viewer's has no name but its user's: the tenant sees this, and the key may be the instance's.</summary>
    private static OwnResource ResourceOf(Session session) =>
        new("session", session.Id, session.Holder is { Viewer: null, Name: { Length: > 0 } name } ? name : session.Holder.Viewer?.User);

    private static JsonObject MetadataOf(Session session)
    {
        var metadata = new JsonObject { ["kind"] = session.Kind, ["expires_at"] = Timestamp.Text(session.ExpiresAt) };
        if (session.Holder.Id.Length == 0) return metadata;
        metadata["role"] = RoleNames.Of(session.Holder.Role);
        metadata[session.KeyHash is null ? "user_id" : "key_id"] = session.Holder.Id;
        if (session.Holder.User is { } user) metadata["issuer"] = user.Issuer;
        if (session.Holder.Viewer is not { } viewer) return metadata;
        metadata["role"] = Session.ByViewer;
        if (viewer.User is not null) metadata["viewer"] = viewer.User;
        if (viewer.Filter is not null) metadata["filter"] = viewer.Filter;
        return metadata;
    }
}
