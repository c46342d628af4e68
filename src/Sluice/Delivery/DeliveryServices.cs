using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Delivery.Definitions;
using Sluice.Profiles;
using Sluice.Secrets;
using Sluice.Storage;
using Sluice.Streams;
using Sluice.Telemetry;

namespace Sluice.Delivery;

public static class DeliveryServices
{
    /// <summary>Adds the streams, which start and stop with the host.</summary>
    /// <param name="node">The name under which this process takes streams.</param>
    /// <param name="ledgerOf">The ledger that has a tenant's events; null asks for the one of all tenants.</param>
    public static IServiceCollection AddDelivery(
        this IServiceCollection services, IReadOnlyList<DestinationKind> kinds, IReadOnlyList<IProfile> profiles, string node, Func<IServiceProvider, string?, ILedgerReader> ledgerOf)
    {
        services.TryAddSingleton<DeliverySettings>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<StreamStore>();
        services.AddSingleton<DeliveryMetrics>();
        services.TryAddSingleton<Func<string, DestinationContext>>(its => id =>
            new DestinationContext(id, its.GetRequiredService<DeliverySettings>(), its.GetRequiredService<TimeProvider>()));
        services.AddSingleton(its => Environment(its, node, ledgerOf));
        services.AddSingleton(its => new DefinitionReader(kinds, profiles, its.GetRequiredService<ISecretProtector>(), its.GetRequiredService<DeliverySettings>()));
        services.AddSingleton(its => new StreamSupervisor(
            its.GetRequiredService<DeliveryEnvironment>(), its.GetRequiredService<DefinitionReader>(), its.GetRequiredService<ILogger<StreamSupervisor>>()));
        services.AddSingleton<IHostedService>(its => its.GetRequiredService<StreamSupervisor>());
        services.AddSingleton(its => new StreamControl(
            its.GetRequiredService<StreamSupervisor>(), its.GetRequiredService<DefinitionReader>(), its.GetRequiredService<DeliveryEnvironment>()));
        return services;
    }

    private static DeliveryEnvironment Environment(IServiceProvider its, string node, Func<IServiceProvider, string?, ILedgerReader> ledgerOf) => new(
        its.GetRequiredService<StreamStore>(), its.GetRequiredService<DeliverySettings>(), its.GetRequiredService<DeliveryMetrics>(),
        its.GetRequiredService<TimeProvider>(), its.GetRequiredService<ILoggerFactory>())
    {
        Node = node,
        LedgerOf = tenant => ledgerOf(its, tenant),
        ContextOf = its.GetRequiredService<Func<string, DestinationContext>>(),
    };
}
