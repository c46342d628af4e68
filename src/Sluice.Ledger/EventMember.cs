using System.Text.Json;

namespace Sluice.Ledger;

/// <summary>The members that the hash of an event treats in a way of their own.</summary>
internal enum EventMember
{
    Other,
    Salt,
    Personal,
    Actor,
    Name,
    Email,
    Metadata,
    SourceIp,
    UserAgent,
    Sequence,
    PersistedAt,
    IntegrityHash,
    Proof,
}

internal static class EventMembers
{
    /// <summary>All known names, if each character of the longest were escaped, fit.</summary>
    private const int LongestEscaped = 84;

    /// <summary>Which member's name the reader stands on; asked for every member of every event, hence by length first.</summary>
    public static EventMember At(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return Of(reader.ValueSpan);
        if (reader.ValueSpan.Length > LongestEscaped)
            return EventMember.Other;

        Span<byte> name = stackalloc byte[LongestEscaped];
        return Of(name[..CanonicalWriter.Unescape(ref reader, name)]);
    }

    private static EventMember Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 when name.SequenceEqual("salt"u8) => EventMember.Salt,
        4 when name.SequenceEqual("name"u8) => EventMember.Name,
        5 when name.SequenceEqual("email"u8) => EventMember.Email,
        5 when name.SequenceEqual("actor"u8) => EventMember.Actor,
        5 when name.SequenceEqual("proof"u8) => EventMember.Proof,
        8 when name.SequenceEqual("metadata"u8) => EventMember.Metadata,
        8 when name.SequenceEqual("personal"u8) => EventMember.Personal,
        8 when name.SequenceEqual("sequence"u8) => EventMember.Sequence,
        9 when name.SequenceEqual("source_ip"u8) => EventMember.SourceIp,
        10 when name.SequenceEqual("user_agent"u8) => EventMember.UserAgent,
        12 when name.SequenceEqual("persisted_at"u8) => EventMember.PersistedAt,
        14 when name.SequenceEqual("integrity_hash"u8) => EventMember.IntegrityHash,
        _ => EventMember.Other,
    };
}
