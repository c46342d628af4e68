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

    private static readonly string[] Texts =
    [
        "id", "timestamp", "tenant_id", "category", "action", "outcome", "service", "actor", "resource", "source_ip", "user_agent", "session_id",
        "api_key_id", "request_id", "api_call", "metadata", "sequence", "persisted_at", "integrity_hash", "salt",
    ];

    private static readonly byte[][] Names = [.. Texts.Select(System.Text.Encoding.UTF8.GetBytes)];

    /// <summary>The members of the canonical form in canonical order. <c>personal</c> is not among them: it follows <see cref="BeforePersonal"/>.</summary>
    public static ReadOnlySpan<TopMember> Canonical =>
    [
        TopMember.Action, TopMember.Actor, TopMember.ApiCall, TopMember.ApiKeyId, TopMember.Category, TopMember.Id, TopMember.Metadata, TopMember.Outcome,
        TopMember.RequestId, TopMember.Resource, TopMember.Service, TopMember.SessionId, TopMember.TenantId, TopMember.Timestamp,
    ];

    public const TopMember BeforePersonal = TopMember.Outcome;

    public static ReadOnlySpan<byte> NameOf(TopMember member) => Names[(int)member];

    public static string TextOf(TopMember member) => Texts[(int)member];

    /// <param name="after">The member found last: senders write them in much the same order, so the next one is looked for right behind it.</param>
    public static int IndexOf(ReadOnlySpan<byte> name, int after = -1)
    {
        for (var i = after + 1; i < Names.Length; i++)
        {
            if (name.SequenceEqual(Names[i])) return i;
        }

        for (var i = 0; i <= after; i++)
        {
            if (name.SequenceEqual(Names[i])) return i;
        }

        return -1;
    }
}
