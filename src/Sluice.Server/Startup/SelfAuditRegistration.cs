using Sluice.Ingest;
using Sluice.SelfAudit;
using Sluice.Server.Configuration;
using Sluice.Server.SelfAudit;
using Sluice.Storage;

namespace Sluice.Server.Startup;

/// <summary>Sluice's own events: registered before what raises them, so that it stops after.</summary>
internal static class SelfAuditRegistration
{
    public static IServiceCollection AddSelfAudit(this IServiceCollection services, SluiceSettings settings)
    {
        services.AddSingleton(settings.Audit).AddSingleton<DenialBursts>().AddSingleton<DormantKeys>();
        services.AddSingleton(its => new OwnLedger(
            new IngestQueue(its.GetRequiredService<LedgerDirectory>().Sluice, new IngestSettings(), its.GetRequiredService<ILogger<IngestQueue>>()),
            its.GetRequiredService<TimeProvider>(), its.GetRequiredService<ILogger<OwnLedger>>()));
        services.AddHostedService(its => its.GetRequiredService<OwnLedger>());
        services.AddSingleton<OwnEventPump>().AddHostedService(its => its.GetRequiredService<OwnEventPump>());
        services.AddSingleton<CallRecorder>().AddHostedService(its => its.GetRequiredService<CallRecorder>());
        return services;
    }

    /// <summary>What looks for what nobody calls for. It takes its turn among the nodes, so it is registered behind the node.</summary>
    public static IServiceCollection AddOwnWatch(this IServiceCollection services)
    {
        services.AddSingleton<IOwnTask, KeyExpiries>().AddSingleton<IOwnTask, SessionExpiries>().AddSingleton<IOwnTask, CheckpointTelling>().AddSingleton<IOwnTask, SignInWatch>().AddSingleton<IOwnTask, CertificateExpiries>();
        services.AddSingleton<OwnWatch>().AddHostedService(its => its.GetRequiredService<OwnWatch>());
        return services;
    }
}
