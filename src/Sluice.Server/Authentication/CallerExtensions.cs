using Sluice.Tenants;

namespace Sluice.Server.Authentication;

internal static class CallerExtensions
{
    private static readonly object Key = new();

    /// <summary>Whoever calls; set before any endpoint that needs a key runs.</summary>
    public static Caller Caller(this HttpContext context) => (Caller)context.Items[Key]!;

    /// <summary>Null where nobody was let in.</summary>
    public static Caller? CallerOrNull(this HttpContext context) => context.Items.TryGetValue(Key, out var caller) ? (Caller?)caller : null;

    public static void SetCaller(this HttpContext context, Caller caller) => context.Items[Key] = caller;
}
