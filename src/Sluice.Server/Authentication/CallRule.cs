using Sluice.Tenants;

namespace Sluice.Server.Authentication;

/// <summary>Which key a call needs.</summary>
/// <param name="Permission">Null: any role.</param>
/// <param name="InstanceOnly">A tenant's key will not do.</param>
/// <param name="IsOpen">It needs no key at all.</param>
/// <param name="TakesKey">It is open, and whoever sends a key all the same is known by it; one that does not work is refused.</param>
/// <param name="ForViewers">A viewer's token will do as well.</param>
internal sealed record CallRule(Permission? Permission, bool InstanceOnly = false, bool IsOpen = false, bool TakesKey = false, bool ForViewers = false)
{
    /// <summary>It changes the configuration or begins something, or may.</summary>
    public bool Changes => TakesKey || Permission is Tenants.Permission.ManageDestinations or Tenants.Permission.ManageAccess or Tenants.Permission.ManageRetention or Tenants.Permission.StartSelfChecks;

    /// <summary>For people and for the API's description.</summary>
    public string Need
    {
        get
        {
            var roles = Permission is { } permission ? [.. RolePermissions.With(permission).Select(RoleNames.Of)] : Array.Empty<string>();
            var role = roles switch
            {
                [] => "a key of any role",
                [var only] => $"a key with the role {only}",
                [.. var most, var last] => $"a key with the role {string.Join(", ", most)} or {last}",
            };
            return InstanceOnly ? $"{role}, for the instance" : ForViewers ? $"{role}, or a viewer token" : role;
        }
    }
}
