namespace Sluice.Tenants;

/// <summary>Roles as users and tables spell them.</summary>
public static class RoleNames
{
    public static IReadOnlyList<string> All { get; } = ["admin", "writer", "reader"];

    public static string Of(Role role) => role switch
    {
        Role.Admin => "admin",
        Role.Writer => "writer",
        _ => "reader",
    };

    public static Role? TryParse(string? text) => text switch
    {
        "admin" => Role.Admin,
        "writer" => Role.Writer,
        "reader" => Role.Reader,
        _ => null,
    };
}
