using Sluice.Checkpoints;
using Sluice.Ingest;
using Sluice.Server.Configuration;
using Sluice.Storage;
using Sluice.Storage.Sqlite;
using Sluice.Tenants;

namespace Sluice.Server.Startup;

/// <summary>The engine's services: ledgers, the way in, checkpoints.</summary>
internal static class EngineRegistration
{
    public static IServiceCollection AddLedgers(this IServiceCollection services, SluiceSettings settings)
    {
        services.AddSingleton(its => new LedgerDirectory(Open(its, settings, "main"), Open(its, settings, TenantNames.Sluice)));
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

    private static SqliteLedger Open(IServiceProvider its, SluiceSettings settings, string name) => SqliteLedger.Open(
        name, Path.Combine(settings.Data, "ledger", name), its.GetRequiredService<TimeProvider>(), its.GetRequiredService<ILogger<SqliteLedger>>());
}
