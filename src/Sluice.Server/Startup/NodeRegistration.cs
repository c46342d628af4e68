using System.Reflection;
using Sluice.Events;
using Sluice.Nodes;
using Sluice.Server.Configuration;
using Sluice.Storage.Postgres;
using Sluice.Telemetry;

namespace Sluice.Server.Startup;

/// <summary>This node: one among those that share a PostgreSQL, or the only one of a data folder. Registered before what takes things through it, so that it leaves after.</summary>
internal static class NodeRegistration
{
    public static IServiceCollection AddNode(this IServiceCollection services, SluiceSettings settings)
    {
        services.AddSingleton<NodeMetrics>();
        if (settings.Store is null) return services.AddSingleton<INode>(its => new SoleNode(Self(its, settings), its.GetRequiredService<TimeProvider>()));
        services.AddSingleton(its => new PostgresNode(
            its.GetRequiredService<PostgresSource>(), Self(its, settings), its.GetRequiredService<TimeProvider>(), its.GetRequiredService<NodeMetrics>(),
            its.GetRequiredService<ILogger<PostgresNode>>()));
        services.AddHostedService(its => its.GetRequiredService<PostgresNode>());
        return services.AddSingleton<INode>(its => its.GetRequiredService<PostgresNode>());
    }

    private static NodeInfo Self(IServiceProvider its, SluiceSettings settings)
    {
        var now = Timestamp.Now(its.GetRequiredService<TimeProvider>());
        return new NodeInfo(Guid.NewGuid(), settings.NodeName, settings.Urls.Split(';')[0], Version(), now, now);
    }

    private static string Version() =>
        typeof(NodeRegistration).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
