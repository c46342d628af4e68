using Sluice.Server.Authentication;
using Sluice.Server.Configuration;
using Sluice.Server.Oidc;
using Sluice.Storage;
using Sluice.Tenants;

namespace Sluice.Server.Startup;

/// <summary>Keys, machine accounts and tenants, and what is counted of them.</summary>
internal static class AccessRegistration
{
    public static IServiceCollection AddAccess(this IServiceCollection services, SluiceSettings settings)
    {
        services.AddSingleton(its => new AccessDirectory(its.GetRequiredService<IConfigurationStore>(), its.GetRequiredService<TimeProvider>()));
        services.AddSingleton(its => new AccessKeys(its.GetRequiredService<AccessDirectory>(), settings.AdminKey?.Reveal()));
        services.AddSingleton<MachineAccounts>().AddSingleton<TenantRegistry>();
        services.AddSingleton(its => new RateLimits(its.GetRequiredService<AccessDirectory>(), settings.RateLimits, settings.Store is null ? null : its.GetRequiredService<IConfigurationStore>()));
        services.AddSingleton(its => new Sessions(its.GetRequiredService<IConfigurationStore>(), its.GetRequiredService<AccessKeys>(), its.GetRequiredService<TimeProvider>(), settings.Console.SessionLifetime));
        services.AddSingleton<ViewerTokens>();
        services.AddSingleton<SessionAuthentication>().AddSingleton<SignInFailures>();
        services.AddSingleton<OidcSignIn>();
        services.AddHostedService<AccessWatch>();
        services.AddSingleton<KeyUse>().AddHostedService(its => its.GetRequiredService<KeyUse>());
        return services;
    }
}
