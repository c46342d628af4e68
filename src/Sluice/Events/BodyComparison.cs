namespace Sluice.Events;

/// <summary>
/// Tells whether an event sent again is the one that was stored. Bodies are spelled in one way only, so equal content means equal bytes, save the
/// salt and what Sluice itself filled in.
/// </summary>
internal static class BodyComparison
{
    private const int SaltBytes = 33;

    private static ReadOnlySpan<byte> BeforeTimestamp => ",\"timestamp\":\""u8;

    private static ReadOnlySpan<byte> BeforeTenant => "\",\"tenant_id\":"u8;

    private static ReadOnlySpan<byte> BeforeCategory => ",\"category\":"u8;

    /// <summary>Whether both have the same tenant and id: what a hash hit must still be asked.</summary>
    public static bool SameIdentity(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> sent) =>
        Id(stored).SequenceEqual(Id(sent)) && Tenant(stored).SequenceEqual(Tenant(sent));

    public static bool SameContent(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> sent, in AcceptedEvent accepted)
    {
        if (!accepted.TimestampFilledIn && !Time(stored).SequenceEqual(Time(sent))) return false;
        var (storedCategory, storedRest) = CategoryAndRest(stored);
        var (sentCategory, sentRest) = CategoryAndRest(sent);
        if (!accepted.CategoryFilledIn && !storedCategory.SequenceEqual(sentCategory)) return false;
        return storedRest[..^SaltBytes].SequenceEqual(sentRest[..^SaltBytes]);
    }

    private static ReadOnlySpan<byte> Id(ReadOnlySpan<byte> body)
    {
        var value = body["{\"id\":\""u8.Length..];
        return value[..value.IndexOf((byte)'"')];
    }

    private static int TimeStart(ReadOnlySpan<byte> body) => "{\"id\":\""u8.Length + Id(body).Length + 1 + BeforeTimestamp.Length;

    private static ReadOnlySpan<byte> Time(ReadOnlySpan<byte> body) => body.Slice(TimeStart(body), Timestamp.Length);

    private static int TenantStart(ReadOnlySpan<byte> body) => TimeStart(body) + Timestamp.Length + BeforeTenant.Length;

    /// <summary>The tenant's string with its quotes.</summary>
    private static ReadOnlySpan<byte> Tenant(ReadOnlySpan<byte> body) => Quoted(body[TenantStart(body)..]);

    private static Pair CategoryAndRest(ReadOnlySpan<byte> body)
    {
        var start = TenantStart(body) + Tenant(body).Length + BeforeCategory.Length;
        var category = Quoted(body[start..]);
        return new Pair(category, body[(start + category.Length)..]);
    }

    private static ReadOnlySpan<byte> Quoted(ReadOnlySpan<byte> text)
    {
        var end = 1;
        while (text[end] != '"') end += text[end] == '\\' ? 2 : 1;
        return text[..(end + 1)];
    }

    private readonly ref struct Pair(ReadOnlySpan<byte> category, ReadOnlySpan<byte> rest)
    {
        private readonly ReadOnlySpan<byte> _category = category;
        private readonly ReadOnlySpan<byte> _rest = rest;

        public void Deconstruct(out ReadOnlySpan<byte> category, out ReadOnlySpan<byte> rest)
        {
            category = _category;
            rest = _rest;
        }
    }
}
