using Sluice.Tenants;

namespace Sluice.Server.Authentication;

/// <summary>Who may use an endpoint; endpoints without one are open to everybody.</summary>
/// <param name="Role">Null for any role.</param>
internal sealed record RequiredRole(Role? Role, bool InstanceOnly = false);

internal static class CallerExtensions
{
    private static readonly object Key = new();

    /// <summary>Whoever calls; set before any endpoint that requires a role runs.</summary>
    public static Caller Caller(this HttpContext context) => (Caller)context.Items[Key]!;

    public static void SetCaller(this HttpContext context, Caller caller) => context.Items[Key] = caller;

    public static T RequireRole<T>(this T endpoint, Role role)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new RequiredRole(role));

    /// <summary>An instance key of role admin.</summary>
    public static T RequireInstanceAdmin<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new RequiredRole(Role.Admin, InstanceOnly: true));

    /// <summary>An instance key of any role.</summary>
    public static T RequireInstanceKey<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new RequiredRole(null, InstanceOnly: true));
}
