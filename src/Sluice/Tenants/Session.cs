using System.Security.Cryptography;

namespace Sluice.Tenants;

/// <summary>Somebody's browser that signed in. Times in nanoseconds since 1970.</summary>
/// <param name="Id">Its public id: <c>ses_…</c>. It opens nothing.</param>
/// <param name="Holder">Who signed in, as it was then.</param>
public sealed record Session(string Id, Caller Holder, long CreatedAt, long ExpiresAt)
{
    public const string ByKey = "key", ByUser = "user", ByViewer = "viewer";

    public string Kind => Holder.Viewer is not null ? ByViewer : KeyHash is null ? ByUser : ByKey;

    /// <summary>The access key that it signed in with: it may do what that key may, and as long as that key may. Null for a user's.</summary>
    internal AccessKeyHash? KeyHash { get; init; }

    /// <summary>It follows from what is stored, which cannot be computed back from it.</summary>
    internal static string IdOf(AccessKeyHash hash, string start = "ses_") => start + Convert.ToHexStringLower(HMACSHA256.HashData(hash.ToArray(), "id"u8).AsSpan(..12));
}

/// <param name="Text">What the browser holds: this once. Whoever has it is signed in.</param>
public sealed record StartedSession(Session Session, string Text)
{
    public Caller Caller => Session.Holder;

    public override string ToString() => Session.ToString();
}

/// <param name="Session">Null when there is none, or it has ended.</param>
/// <param name="Key">Whether the key it was started with may still be used, and whose it is; a user's session needs none.</param>
public readonly record struct SessionLookup(Session? Session, KeyLookup Key)
{
    public static SessionLookup Unknown { get; } = new(null, KeyLookup.Unknown);

    /// <summary>Whose it is, even where the key does not let its owner in any more; null when nobody knows.</summary>
    public Caller? Holder => Session switch
    {
        null or { KeyHash: null } => Session?.Holder,
        { Holder.Viewer: { } viewer } => Key.Key is null ? null : Key.Key.Caller with { SessionId = Session.Id, Role = Role.Reader, TenantId = Session.Holder.TenantId, Viewer = viewer },
        _ => Key.Key is null ? null : Key.Key.Caller with { SessionId = Session.Id },
    };
}
