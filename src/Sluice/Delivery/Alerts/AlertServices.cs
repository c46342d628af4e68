using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Storage;

namespace Sluice.Delivery.Alerts;

public static class AlertServices
{
    /// <summary>Has the operator told of destinations in trouble. Delivery is there already.</summary>
    public static IServiceCollection AddAlerts(
        this IServiceCollection services, Func<IServiceProvider, AlertSettings> settings, Func<IServiceProvider, IAlertChannel> channel) =>
        services.AddSingleton<IHostedService>(its => new AlertWatch(
            its.GetRequiredService<DeliveryEnvironment>(), new AlertStore(its.GetRequiredService<IConfigurationStore>()), channel(its), settings(its),
            its.GetRequiredService<ILogger<AlertWatch>>()));
}
