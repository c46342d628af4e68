using System.Text;
using Microsoft.Extensions.Logging;
using Sluice.Events;

namespace Sluice.Delivery.Alerts;

/// <summary>
/// Tells what is to be told, one after the other. While the receiver cannot be reached, all wait; one that it refuses steps aside, and the others go on. An
/// alert that nobody took for a day is given up: the log has it then.
/// </summary>
internal sealed partial class AlertTelling(IAlertChannel channel, RetrySchedule schedule, TimeProvider time, ILogger logger)
{
    private const long Longest = 24 * 3_600_000_000_000;
    private const long RefusedWaits = 600_000_000_000;

    private readonly Dictionary<string, long> _aside = new(StringComparer.Ordinal);
    private long _notBefore;
    private bool _fails;

    private long Now => Timestamp.Now(time);

    /// <summary>The receiver could not be reached, and the time to wait is not over.</summary>
    public bool IsWaiting => Now < _notBefore;

    /// <summary>It was refused not long ago.</summary>
    public bool IsAside(PendingAlert alert) => _aside.TryGetValue(alert.Id, out var until) && Now < until;

    /// <returns>Whether the alert is done with.</returns>
    public async ValueTask<bool> TryTellAsync(PendingAlert alert, CancellationToken cancellation)
    {
        var result = await LimitedSend.TryAsync(its => channel.TellAsync(alert.Id, Encoding.UTF8.GetBytes(alert.Body), its), time, cancellation);
        if (result is DeliveryResult.TryLater later) Fail(alert, later);
        else Reached();
        if (result is DeliveryResult.Delivered or DeliveryResult.Answered) return true;
        var reason = ShownText.Of(channel.Mask, Reason(result));
        if (result is not DeliveryResult.TryLater) PutAside(alert, reason);
        if (Now - alert.At < Longest) return false;
        GiveUp(alert, reason);
        return true;
    }

    /// <summary>Nobody will be told; whoever reads the log may still be.</summary>
    public void GiveUp(PendingAlert alert, string reason) => Log.GivenUp(logger, alert.Body, reason);

    private void Reached()
    {
        schedule.AfterSuccess();
        if (_fails) Log.TellsAgain(logger);
        _fails = false;
    }

    private void Fail(PendingAlert alert, DeliveryResult.TryLater later)
    {
        _notBefore = Now + (schedule.AfterFailure(later.After).Ticks * 100);
        if (!_fails) Log.CannotTell(logger, alert.Id, ShownText.Of(channel.Mask, later.Reason));
        _fails = true;
    }

    private void PutAside(PendingAlert alert, string reason)
    {
        if (!_aside.ContainsKey(alert.Id)) Log.Refused(logger, alert.Id, reason);
        // Those whose time is over were tried again, or their destination is gone.
        foreach (var (id, _) in _aside.Where(its => its.Value + RefusedWaits < Now).ToList()) _aside.Remove(id);
        _aside[alert.Id] = Now + RefusedWaits;
    }

    private static string Reason(DeliveryResult result) => result switch
    {
        DeliveryResult.TryLater later => later.Reason,
        DeliveryResult.Refused refused => refused.Reason,
        _ => "It is too large for the receiver.",
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Alert {Alert} cannot be told now and is tried again: {Reason}")]
        public static partial void CannotTell(ILogger logger, string alert, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Alert {Alert} is refused by its receiver and is tried again in a while: {Reason}")]
        public static partial void Refused(ILogger logger, string alert, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody took this alert, and it is given up: {Alert} {Reason}")]
        public static partial void GivenUp(ILogger logger, string alert, string reason);

        [LoggerMessage(Level = LogLevel.Information, Message = "Alerts can be told again.")]
        public static partial void TellsAgain(ILogger logger);
    }
}
