using Sluice.Tenants;

namespace Sluice.Server.Authentication;

internal static class CallerExtensions
{
    private static readonly object Key = new();

    /// <summary>Whoever calls; set before any endpoint that needs a key runs.</summary>
    public static Caller Caller(this HttpContext context) => (Caller)context.Items[Key]!;

    /// <summary>Null for somebody without a key, where none is needed.</summary>
    public static Caller? FindCaller(this HttpContext context) => context.Items[Key] as Caller;

    public static void SetCaller(this HttpContext context, Caller caller) => context.Items[Key] = caller;
}
