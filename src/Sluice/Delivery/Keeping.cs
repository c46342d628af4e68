using Microsoft.Extensions.Hosting;
using Sluice.Storage;

namespace Sluice.Delivery;

/// <summary>Stores from time to time what a node knows of its streams, and no event depends on. While it cannot, delivery goes on, and that is said once.</summary>
internal abstract class Keeping(TimeProvider time, TimeSpan every) : BackgroundService
{
    private bool _fails;

    internal async ValueTask KeepAsync(CancellationToken cancellation)
    {
        try
        {
            await StoreAsync(cancellation);
            _fails = false;
        }
        catch (StorageUnavailableException problem)
        {
            if (!_fails) TellNotKept(problem.Message);
            _fails = true;
        }
    }

    protected abstract ValueTask StoreAsync(CancellationToken cancellation);

    protected abstract void TellNotKept(string problem);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(every, time, stoppingToken);
                await KeepAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The way a background service ends.
        }
    }
}
