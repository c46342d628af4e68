using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Delivery.Definitions;
using Sluice.Delivery.Replays;
using Sluice.Delivery.Trials;
using Sluice.Nodes;
using Sluice.Profiles;
using Sluice.Secrets;
using Sluice.Storage;
using Sluice.Streams;
using Sluice.Telemetry;
using Sluice.Tenants;

namespace Sluice.Delivery;

public static class DeliveryServices
{
    /// <summary>Adds the streams, which start and stop with the host. An <see cref="INode"/> is there already.</summary>
    /// <param name="ledgerOf">The ledger that has a tenant's events; null asks for the one of all tenants.</param>
    public static IServiceCollection AddDelivery(
        this IServiceCollection services, IReadOnlyList<DestinationKind> kinds, IReadOnlyList<IProfile> profiles, Func<IServiceProvider, string?, ILedgerReader> ledgerOf)
    {
        services.TryAddSingleton<DeliverySettings>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<StreamStore>();
        services.AddSingleton<DeliveryMetrics>();
        services.TryAddSingleton<Func<string, DestinationContext>>(its => id =>
            new DestinationContext(id, its.GetRequiredService<DeliverySettings>(), its.GetRequiredService<TimeProvider>()));
        services.AddSingleton(its => Environment(its, ledgerOf));
        services.AddSingleton(its => new DefinitionReader(kinds, profiles, its.GetRequiredService<ISecretProtector>(), its.GetRequiredService<DeliverySettings>(), its.GetService<AccessDirectory>()));
        services.TryAddSingleton<NodeMetrics>();
        // Before the streams, so that it ends after them and has their last counts.
        services.AddSingleton<IHostedService>(its => new TotalsKeeping(its.GetRequiredService<DeliveryEnvironment>(), LoggerOf<TotalsKeeping>(its)));
        services.AddSingleton(its => new GapCounting(its.GetRequiredService<DeliveryEnvironment>(), LoggerOf<GapCounting>(its)));
        services.AddSingleton(its => new OwnedStreams(
            its.GetRequiredService<DeliveryEnvironment>(), its.GetRequiredService<DefinitionReader>(), its.GetRequiredService<GapCounting>(), LoggerOf<OwnedStreams>(its)));
        services.AddSingleton(its => new StreamSupervisor(
            its.GetRequiredService<DeliveryEnvironment>(), its.GetRequiredService<OwnedStreams>(), its.GetRequiredService<GapCounting>(), its.GetRequiredService<NodeMetrics>(),
            LoggerOf<StreamSupervisor>(its)));
        services.AddSingleton<IHostedService>(its => its.GetRequiredService<StreamSupervisor>());
        services.AddSingleton<IHostedService>(its => new LagKeeping(its.GetRequiredService<StreamSupervisor>(), its.GetRequiredService<DeliveryEnvironment>(), LoggerOf<LagKeeping>(its)));
        services.AddSingleton(its => new StreamViews(
            its.GetRequiredService<OwnedStreams>(), its.GetRequiredService<DefinitionReader>(), its.GetRequiredService<DeliveryEnvironment>(), LoggerOf<StreamViews>(its)));
        services.AddSingleton(its => new StreamControl(
            its.GetRequiredService<StreamSupervisor>(), its.GetRequiredService<OwnedStreams>(), its.GetRequiredService<StreamViews>(), its.GetRequiredService<GapCounting>(),
            its.GetRequiredService<DefinitionReader>(), its.GetRequiredService<DeliveryEnvironment>()));
        services.AddSingleton(its => new DryRun(its.GetRequiredService<DefinitionReader>(), its.GetRequiredService<DeliveryEnvironment>()));
        return services.AddReplays();
    }

    private static IServiceCollection AddReplays(this IServiceCollection services)
    {
        services.AddSingleton<ReplayStore>();
        services.AddSingleton(its => new ReplaySupervisor(
            its.GetRequiredService<DeliveryEnvironment>(), its.GetRequiredService<ReplayStore>(), its.GetRequiredService<DefinitionReader>(), LoggerOf<ReplaySupervisor>(its)));
        services.AddSingleton<IHostedService>(its => its.GetRequiredService<ReplaySupervisor>());
        services.AddSingleton(its => new ReplayControl(
            its.GetRequiredService<StreamViews>(), its.GetRequiredService<ReplayStore>(), its.GetRequiredService<ReplaySupervisor>(), its.GetRequiredService<DeliveryEnvironment>()));
        return services;
    }

    private static ILogger<T> LoggerOf<T>(IServiceProvider its) => its.GetRequiredService<ILogger<T>>();

    private static DeliveryEnvironment Environment(IServiceProvider its, Func<IServiceProvider, string?, ILedgerReader> ledgerOf)
    {
        var newest = new ConcurrentDictionary<ILedgerReader, NewestEvents>();
        return new DeliveryEnvironment(
            its.GetRequiredService<StreamStore>(), its.GetRequiredService<DeliverySettings>(), its.GetRequiredService<DeliveryMetrics>(),
            its.GetRequiredService<TimeProvider>(), its.GetRequiredService<ILoggerFactory>())
        {
            Node = its.GetRequiredService<INode>(),
            LedgerOf = tenant => newest.GetOrAdd(ledgerOf(its, tenant), ledger => new NewestEvents(ledger)),
            ContextOf = its.GetRequiredService<Func<string, DestinationContext>>(),
            TenantOf = TenantsOf(its.GetService<AccessDirectory>()),
            Turns = new Turns(its.GetRequiredService<TimeProvider>(), System.Environment.ProcessorCount),
        };
    }

    private static Func<string, ValueTask<Tenant>> TenantsOf(AccessDirectory? directory) =>
        async tenant => directory is null ? new Tenant(tenant) : (await directory.CurrentAsync()).Tenant(tenant);
}
