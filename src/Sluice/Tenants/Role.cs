namespace Sluice.Tenants;

/// <summary>What a key is for. Which permissions that means: <see cref="RolePermissions"/>.</summary>
public enum Role
{
    Reader,
    Writer,
    Admin,

    /// <summary>Runs destinations; neither reads events nor makes keys.</summary>
    Operator,

    /// <summary>Sees and exports everything, changes nothing.</summary>
    Auditor,
}

/// <summary>The one table of roles and permissions.</summary>
public static class RolePermissions
{
    private static readonly Permission[] OfReader = [Permission.ReadEvents, Permission.ExportEvents];
    private static readonly Permission[] OfWriter = [Permission.SendEvents];
    private static readonly Permission[] OfOperator = [Permission.ViewDestinations, Permission.ManageDestinations, Permission.ViewOperation, Permission.StartSelfChecks];
    private static readonly Permission[] OfAuditor = [Permission.ReadEvents, Permission.ExportEvents, Permission.ViewDestinations, Permission.ViewAccess, Permission.ViewOperation];

    public static bool Includes(this Role role, Permission permission) => role == Role.Admin || Of(role).Contains(permission);

    /// <summary>The roles that have it, the least one first.</summary>
    public static IEnumerable<Role> With(Permission permission) =>
        new[] { Role.Writer, Role.Reader, Role.Operator, Role.Auditor, Role.Admin }.Where(role => role.Includes(permission));

    private static Permission[] Of(Role role) => role switch
    {
        Role.Reader => OfReader,
        Role.Writer => OfWriter,
        Role.Operator => OfOperator,
        Role.Auditor => OfAuditor,
        _ => [],
    };
}
