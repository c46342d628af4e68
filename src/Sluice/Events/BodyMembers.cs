namespace Sluice.Events;

/// <summary>
/// Finds the first members of a stored body without parsing it: they always stand in the same order and spelling — id, timestamp, tenant_id,
/// category, action.
/// </summary>
public static class BodyMembers
{
    private static ReadOnlySpan<byte> BeforeTimestamp => ",\"timestamp\":\""u8;

    private static ReadOnlySpan<byte> BeforeTenant => "\",\"tenant_id\":"u8;

    private static ReadOnlySpan<byte> BeforeCategory => ",\"category\":"u8;

    private static ReadOnlySpan<byte> BeforeAction => ",\"action\":"u8;

    public static ReadOnlySpan<byte> Id(ReadOnlySpan<byte> body)
    {
        var value = body["{\"id\":\""u8.Length..];
        return value[..value.IndexOf((byte)'"')];
    }

    private static int TimeStart(ReadOnlySpan<byte> body) => "{\"id\":\""u8.Length + Id(body).Length + 1 + BeforeTimestamp.Length;

    public static ReadOnlySpan<byte> Time(ReadOnlySpan<byte> body) => body.Slice(TimeStart(body), Timestamp.Length);

    private static int TenantStart(ReadOnlySpan<byte> body) => TimeStart(body) + Timestamp.Length + BeforeTenant.Length;

    /// <summary>The tenant's string with its quotes.</summary>
    public static ReadOnlySpan<byte> Tenant(ReadOnlySpan<byte> body) => Quoted(body[TenantStart(body)..]);

    /// <summary>The category's string with its quotes.</summary>
    public static ReadOnlySpan<byte> Category(ReadOnlySpan<byte> body) => Quoted(body[CategoryStart(body)..]);

    /// <summary>What follows the category, the action first: <c>,"action":"…</c>.</summary>
    public static ReadOnlySpan<byte> AfterCategory(ReadOnlySpan<byte> body)
    {
        var start = CategoryStart(body);
        return body[(start + Quoted(body[start..]).Length)..];
    }

    /// <summary>The action's text; an action needs no escapes.</summary>
    public static ReadOnlySpan<byte> Action(ReadOnlySpan<byte> body) => Quoted(AfterCategory(body)[BeforeAction.Length..])[1..^1];

    private static int CategoryStart(ReadOnlySpan<byte> body) => TenantStart(body) + Tenant(body).Length + BeforeCategory.Length;

    private static ReadOnlySpan<byte> Quoted(ReadOnlySpan<byte> text)
    {
        var end = 1;
        while (text[end] != '"') end += text[end] == '\\' ? 2 : 1;
        return text[..(end + 1)];
    }
}
