using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Nodes;
using Sluice.Storage;

namespace Sluice.Delivery.Alerts;

/// <summary>
/// Watches every destination, whichever node runs it, and tells the operator of trouble. One node at a time does. What is to be told is stored before it is
/// sent, and taken out when it was: a node that dies in between has it told again under the same id. It reads the store and nothing of the streams, so no
/// stream ever waits for it.
/// </summary>
internal sealed partial class AlertWatch(
    DeliveryEnvironment environment, AlertStore store, IAlertChannel channel, AlertSettings settings, ILogger<AlertWatch> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly AlertRound _round = new(
        environment, store, new AlertTelling(channel, new RetrySchedule(environment.Settings, environment.Random), environment.Time, logger), settings, logger);

    private NodeHold? _alone;
    private bool _isBlind;

    public override void Dispose()
    {
        base.Dispose();
        channel.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                await LookAsync(stoppingToken);
                await Task.Delay(LookEvery, environment.Time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The way a background service ends.
        }
        finally
        {
            await LeaveAsync();
        }
    }

    private async ValueTask LookAsync(CancellationToken stop)
    {
        try
        {
            if (_alone is { Lost.IsCancellationRequested: true }) await LeaveAsync();
            _alone ??= await environment.Node.TryTakeAsync("alerts", stop);
            if (_alone is null) return;
            using var until = CancellationTokenSource.CreateLinkedTokenSource(stop, _alone.Lost);
            await _round.GoAsync(until.Token);
            _isBlind = false;
        }
        catch (StorageUnavailableException trouble)
        {
            if (!_isBlind) Log.CannotLook(logger, trouble.Message);
            _isBlind = true;
        }
        catch (Exception trouble) when (!stop.IsCancellationRequested && (trouble is AlertsElsewhereException || _alone is { Lost.IsCancellationRequested: true }))
        {
            await LeaveAsync();
        }
        catch (Exception trouble) when (!stop.IsCancellationRequested)
        {
            Log.Stumbled(logger, trouble);
        }
    }

    private async ValueTask LeaveAsync()
    {
        if (_alone is not { } alone) return;
        _alone = null;
        await alone.ReleaseAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Whether there is something to alert of cannot be found out now: {Problem}")]
        public static partial void CannotLook(ILogger logger, string problem);

        [LoggerMessage(Level = LogLevel.Error, Message = "Alerts stumbled and go on")]
        public static partial void Stumbled(ILogger logger, Exception exception);
    }
}
