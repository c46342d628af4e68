namespace Sluice.Events;

internal enum MemberType
{
    Text,
    Integer,
    Time,
    Object,
    Anything,
}

/// <param name="Personal">It stands behind the salted commitment and can be erased.</param>
/// <param name="Indexed">The kind of key that its text makes.</param>
/// <param name="Ends">It is the time by which the event is read in order of its end.</param>
internal sealed record KnownMember(string Name, MemberType Type, bool Required = false, bool Personal = false, IndexKind? Indexed = null, bool Ends = false)
{
    public byte[] Utf8 { get; } = System.Text.Encoding.UTF8.GetBytes(Name);
}

/// <summary>What the contract says of the members of one of the event's objects.</summary>
internal sealed record ObjectShape(string Name, bool Open, KnownMember[] Members)
{
    public static ObjectShape Actor { get; } = new("actor", true,
    [
        new("type", MemberType.Text, Required: true),
        new("id", MemberType.Text, Required: true, Indexed: IndexKind.Actor),
        new("name", MemberType.Text, Personal: true),
        new("email", MemberType.Text, Personal: true),
    ]);

    public static ObjectShape Resource { get; } = new("resource", true,
    [
        new("type", MemberType.Text),
        new("id", MemberType.Text, Indexed: IndexKind.Resource),
        new("name", MemberType.Text),
    ]);

    public static ObjectShape Metadata { get; } = new("metadata", true, [new("personal", MemberType.Anything, Personal: true)]);

    public static ObjectShape ApiCall { get; } = new("api_call", false,
    [
        new("endpoint", MemberType.Text),
        new("method", MemberType.Text),
        new("url", MemberType.Text),
        new("grpc_code", MemberType.Text),
        new("http_status", MemberType.Integer),
        new("error_reason", MemberType.Text),
        new("request", MemberType.Object),
        new("response", MemberType.Object),
        new("started_at", MemberType.Time),
        new("ended_at", MemberType.Time, Ends: true),
    ]);

    /// <param name="after">The member found last; the next one is looked for right behind it.</param>
    public int IndexOf(ReadOnlySpan<byte> name, int after)
    {
        for (var i = after + 1; i < Members.Length; i++)
        {
            if (name.SequenceEqual(Members[i].Utf8)) return i;
        }

        for (var i = 0; i <= after; i++)
        {
            if (name.SequenceEqual(Members[i].Utf8)) return i;
        }

        return -1;
    }
}
