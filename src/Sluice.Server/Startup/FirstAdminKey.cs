using Sluice.Tenants;

namespace Sluice.Server.Startup;

/// <summary>Somebody must be able to begin: when nobody can administer the instance, a key is made and shown once.</summary>
internal static class FirstAdminKey
{
    /// <returns>The key's text when one was made.</returns>
    public static async ValueTask<string?> EnsureAsync(AccessKeys keys) => (await keys.CreateFirstAdminAsync("first admin key"))?.Text;
}
