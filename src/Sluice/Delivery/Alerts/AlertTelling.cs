using System.Text;
using Microsoft.Extensions.Logging;
using Sluice.Events;

namespace Sluice.Delivery.Alerts;

/// <summary>
/// Tells what is to be told, one after the other. When the channel fails, all wait for a while, and an alert that nobody took for an hour is given up: the log
/// has it then.
/// </summary>
internal sealed partial class AlertTelling(IAlertChannel channel, RetrySchedule schedule, TimeProvider time, ILogger logger)
{
    private const long Longest = 3_600_000_000_000;

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    private long _notBefore;
    private bool _fails;

    private long Now => Timestamp.Now(time);

    /// <summary>It failed, and its time to wait is not over.</summary>
    public bool IsWaiting => Now < _notBefore;

    /// <returns>Whether the alert is done with.</returns>
    public async ValueTask<bool> TryTellAsync(PendingAlert alert, CancellationToken cancellation)
    {
        var result = await TellAsync(alert, cancellation);
        if (result is DeliveryResult.Delivered)
        {
            schedule.AfterSuccess();
            if (_fails) Log.TellsAgain(logger);
            _fails = false;
            return true;
        }

        return HasFailed(alert, result);
    }

    private bool HasFailed(PendingAlert alert, DeliveryResult result)
    {
        var reason = ShownText.Of(channel.Mask, Reason(result));
        _notBefore = Now + (schedule.AfterFailure((result as DeliveryResult.TryLater)?.After).Ticks * 100);
        if (!_fails) Log.CannotTell(logger, alert.Id, reason);
        _fails = true;
        if (Now - alert.At < Longest) return false;
        Log.GivenUp(logger, alert.Body, reason);
        return true;
    }

    private static string Reason(DeliveryResult result) => result switch
    {
        DeliveryResult.TryLater later => later.Reason,
        DeliveryResult.Refused refused => refused.Reason,
        _ => "It is too large for the receiver.",
    };

    private async ValueTask<DeliveryResult> TellAsync(PendingAlert alert, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            return await channel.TellAsync(alert.Id, Encoding.UTF8.GetBytes(alert.Body), either.Token);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception) when (timeout.IsCancellationRequested)
        {
            return Failure.TimedOut(AnswerTimeout);
        }
        catch (Exception exception)
        {
            return Failure.Of(exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Alert {Alert} cannot be told now and is tried again: {Reason}")]
        public static partial void CannotTell(ILogger logger, string alert, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody took this alert for an hour, and it is given up: {Alert} {Reason}")]
        public static partial void GivenUp(ILogger logger, string alert, string reason);

        [LoggerMessage(Level = LogLevel.Information, Message = "Alerts can be told again.")]
        public static partial void TellsAgain(ILogger logger);
    }
}
