using Sluice.Checkpoints;
using Sluice.Delivery;
using Sluice.Delivery.Alerts;
using Sluice.Destinations;
using Sluice.Destinations.Webhook;
using Sluice.Ingest;
using Sluice.Profiles;
using Sluice.Query;
using Sluice.Retention;
using Sluice.Secrets;
using Sluice.Server.Configuration;
using Sluice.Server.Dialects.Zitadel;
using Sluice.Storage;

namespace Sluice.Server.Startup;

/// <summary>The engine's services: ledgers and their checkpoints, the way in, queries, streams, retention.</summary>
internal static class EngineRegistration
{
    public static IServiceCollection AddLedgers(this IServiceCollection services, SluiceSettings settings)
    {
        services.AddSingleton(its => new OpenedLedgers(its, settings));
        services.AddSingleton(its => its.GetRequiredService<OpenedLedgers>().Directory);
        services.AddSingleton<CheckpointStore>();
        services.AddSingleton<Checkpointer>();
        services.AddSingleton<ICheckpointSource>(its => its.GetRequiredService<Checkpointer>());
        services.AddHostedService(its => its.GetRequiredService<Checkpointer>());
        return services;
    }

    public static IServiceCollection AddIngest(this IServiceCollection services)
    {
        services.AddSingleton<BodyBudget>();
        services.AddSingleton(its => new IngestQueue(its.GetRequiredService<LedgerDirectory>().Main, its.GetRequiredService<IngestSettings>(), its.GetRequiredService<ILogger<IngestQueue>>()));
        services.AddSingleton<Ingestor>();
        return services;
    }

    public static IServiceCollection AddQueries(this IServiceCollection services) => services.AddSingleton(its =>
        new PageTokens(its.GetRequiredService<InstanceSecrets>().PageTokenKey)).AddSingleton<SeenTypes>().AddSingleton<ZitadelTypes>();

    public static IServiceCollection AddStreams(this IServiceCollection services) => services.AddDelivery(
        DestinationCatalogue.All, ProfileCatalogue.All, (its, tenant) => its.GetRequiredService<LedgerDirectory>().OfTenant(tenant));

    public static IServiceCollection AddAlerts(this IServiceCollection services, AlertsSettings settings) => settings.Webhook is not { } webhook ? services : services.AddAlerts(
        its => new AlertSettings(its.GetRequiredService<InstanceSecrets>().Identities.Main.Origin) { After = settings.After },
        its => AlertWebhook.To(webhook, settings.Secret, its.GetRequiredService<TimeProvider>()));

    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddSingleton<RetentionSetting>().AddSingleton<RetentionKeeper>();
        services.AddHostedService(its => its.GetRequiredService<RetentionKeeper>());
        return services;
    }
}
