using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Storage;

namespace Sluice.Delivery;

/// <summary>Adds what this node counted to the destinations' stored totals. A process that is killed loses the last two seconds of them; no event depends on it.</summary>
internal sealed partial class TotalsKeeping(DeliveryEnvironment environment, ILogger<TotalsKeeping> logger) : BackgroundService
{
    private static readonly TimeSpan KeepEvery = TimeSpan.FromSeconds(2);

    private bool _fails;

    /// <summary>Whoever counts has stopped before.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await KeepAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(KeepEvery, environment.Time, stoppingToken);
                await KeepAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was counted since is kept at the very end.
        }
    }

    private async ValueTask KeepAsync(CancellationToken cancellation)
    {
        var counts = environment.Metrics.Counts;
        var waiting = counts.Waiting;
        if (waiting.Count == 0) return;
        try
        {
            await environment.Store.AddTotalsAsync(waiting, cancellation);
            foreach (var (destination, totals) in waiting) counts.AreStored(destination, totals);
            _fails = false;
        }
        catch (StorageUnavailableException problem)
        {
            if (!_fails) Log.NotKept(logger, problem.Message);
            _fails = true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The totals of destinations cannot be stored now; delivery goes on, and they are stored later: {Problem}")]
        public static partial void NotKept(ILogger logger, string problem);
    }
}
