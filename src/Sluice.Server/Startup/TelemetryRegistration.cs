using Sluice.SelfChecks;
using Sluice.Server.Configuration;
using Sluice.Server.Health;
using Sluice.Telemetry;

namespace Sluice.Server.Startup;

/// <summary>Everything that is measured. The collector is there before anything is: what happens before the first scrape counts, too.</summary>
internal static class TelemetryRegistration
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, SluiceSettings settings) => services
        .AddSingleton<MetricsCollector>()
        .AddSingleton<ServerMetrics>()
        .AddSingleton<IngestMetrics>()
        .AddSingleton<LedgerMetrics>()
        .AddSingleton<OwnEventMetrics>()
        .AddSingleton<SelfCheckMetrics>()
        .AddSingleton(_ => new DiskMetrics(settings.Data))
        .AddHostedService<Start>();

    /// <summary>A host makes all its services before it starts the first one.</summary>
    private sealed class Start(MetricsCollector collector, ServerMetrics server, IngestMetrics ingest, LedgerMetrics ledger, OwnEventMetrics own, SelfCheckMetrics checks, DiskMetrics disk) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            server.ShowZeros();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            GC.KeepAlive((collector, ingest, ledger, own, checks, disk));
            return Task.CompletedTask;
        }
    }
}
