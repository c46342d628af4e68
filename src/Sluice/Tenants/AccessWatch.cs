using Microsoft.Extensions.Hosting;

namespace Sluice.Tenants;

/// <summary>Lets this node know of changed tenants within a second when no request makes it look: streams go by what is known.</summary>
public sealed class AccessWatch(AccessDirectory directory) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Streams begin with what is true.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await directory.LookAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, directory.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (directory.IsTimeToLook) await directory.TryLookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }
}
