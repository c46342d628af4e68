namespace Sluice.Events;

/// <summary>The event's own members, in the order in which they are stored.</summary>
internal enum TopMember
{
    Id,
    Timestamp,
    TenantId,
    Category,
    Action,
    Outcome,
    Service,
    Actor,
    Resource,
    SourceIp,
    UserAgent,
    SessionId,
    ApiKeyId,
    RequestId,
    ApiCall,
    Metadata,

    // From here on: accepted and left aside, so that an exported line can be sent again.
    Sequence,
    PersistedAt,
    IntegrityHash,
    Salt,
}

internal static class TopMembers
{
    public const int Stored = (int)TopMember.Metadata + 1;
    public const int Count = (int)TopMember.Salt + 1;

    private static readonly byte[][] Names =
    [
        "id"u8.ToArray(), "timestamp"u8.ToArray(), "tenant_id"u8.ToArray(), "category"u8.ToArray(), "action"u8.ToArray(), "outcome"u8.ToArray(),
        "service"u8.ToArray(), "actor"u8.ToArray(), "resource"u8.ToArray(), "source_ip"u8.ToArray(), "user_agent"u8.ToArray(), "session_id"u8.ToArray(),
        "api_key_id"u8.ToArray(), "request_id"u8.ToArray(), "api_call"u8.ToArray(), "metadata"u8.ToArray(),
        "sequence"u8.ToArray(), "persisted_at"u8.ToArray(), "integrity_hash"u8.ToArray(), "salt"u8.ToArray(),
    ];

    /// <summary>The members of the canonical form in canonical order. <c>personal</c> is not among them: it follows <see cref="BeforePersonal"/>.</summary>
    public static ReadOnlySpan<TopMember> Canonical =>
    [
        TopMember.Action, TopMember.Actor, TopMember.ApiCall, TopMember.ApiKeyId, TopMember.Category, TopMember.Id, TopMember.Metadata, TopMember.Outcome,
        TopMember.RequestId, TopMember.Resource, TopMember.Service, TopMember.SessionId, TopMember.TenantId, TopMember.Timestamp,
    ];

    public const TopMember BeforePersonal = TopMember.Outcome;

    public static ReadOnlySpan<byte> NameOf(TopMember member) => Names[(int)member];

    public static int IndexOf(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (name.SequenceEqual(Names[i])) return i;
        }

        return -1;
    }
}
