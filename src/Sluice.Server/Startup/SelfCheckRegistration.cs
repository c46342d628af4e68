using Sluice.SelfChecks;
using Sluice.Server.Configuration;
using Sluice.Storage.Postgres;
using Sluice.Verification;

namespace Sluice.Server.Startup;

/// <summary>Self-checks of the ledgers. They take their turn among the nodes, so they are registered behind the node.</summary>
internal static class SelfCheckRegistration
{
    public static IServiceCollection AddSelfChecks(this IServiceCollection services, SluiceSettings settings)
    {
        services.AddSingleton(settings.SelfCheck).AddSingleton<SelfCheckStore>().AddSingleton(its => Verification(its, settings));
        services.AddSingleton<SelfChecker>().AddHostedService(its => its.GetRequiredService<SelfChecker>());
        return services;
    }

    private static InstanceVerification Verification(IServiceProvider its, SluiceSettings settings) => its.GetService<PostgresSource>() is { } source
        ? (progress, pace, cancellation) => PostgresVerifier.VerifyAsync(source, progress, pace, cancellation)
        : (progress, pace, cancellation) => DataFolderVerifier.VerifyAsync(settings.Data, progress, pace, cancellation);
}
