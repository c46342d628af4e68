namespace Sluice.Tenants;

/// <summary>Roles as users and tables spell them.</summary>
public static class RoleNames
{
    public static IReadOnlyList<string> All { get; } = ["admin", "operator", "auditor", "writer", "reader"];

    public static string Of(Role role) => role switch
    {
        Role.Admin => "admin",
        Role.Operator => "operator",
        Role.Auditor => "auditor",
        Role.Writer => "writer",
        _ => "reader",
    };

    /// <summary>Such as <c>an auditor's</c>.</summary>
    public static string WithArticle(Role role) => $"{(role is Role.Writer or Role.Reader ? "a" : "an")} {Of(role)}'s";

    public static Role? TryParse(string? text) => text switch
    {
        "admin" => Role.Admin,
        "operator" => Role.Operator,
        "auditor" => Role.Auditor,
        "writer" => Role.Writer,
        "reader" => Role.Reader,
        _ => null,
    };
}
