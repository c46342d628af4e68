namespace Sluice.Events;

/// <summary>Why an event was refused. The codes are the contract's; programs act on them.</summary>
/// <param name="Field">The member at fault as a path, null where there is none.</param>
/// <param name="Offset">Where in the request's bytes, from 0; -1 when no place can be named.</param>
public sealed record Refusal(string Code, string? Field, string Message, int Offset = -1);

public static class RefusalCode
{
    public const string MissingField = "missing_field";
    public const string UnknownField = "unknown_field";
    public const string InvalidType = "invalid_type";
    public const string InvalidId = "invalid_id";
    public const string InvalidTime = "invalid_time";
    public const string InvalidString = "invalid_string";
    public const string DuplicateMember = "duplicate_member";
    public const string NumberPrecision = "number_precision";
    public const string TooDeep = "too_deep";
    public const string TooLarge = "too_large";
    public const string InvalidJson = "invalid_json";
    public const string ForbiddenTenant = "forbidden_tenant";
    public const string Conflict = "conflict";
}
