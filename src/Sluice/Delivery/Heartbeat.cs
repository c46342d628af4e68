using Sluice.Delivery.Definitions;
using Sluice.Storage;
using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>
/// Lets a quiet stream be told from a dead one: when nothing was sent for as long as its user says, it sends an event that is in no ledger. One that fails is an
/// outage like any other, and the next one finds out whether it is over, but since no event waits, nothing is ever given up for it.
/// </summary>
internal sealed class Heartbeat(DestinationDefinition definition, ILedgerReader ledger, BatchSender sender, Outage outage, StreamProgress progress, TimeProvider time)
{
    private readonly TimeSpan? _every = definition.Stream.HeartbeatSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
    private long _sentAt = time.GetTimestamp();
    private Task? _timer;

    /// <summary>Nothing was sent for long enough, or an outage may be over. Whether something else is to be sent, the caller knows.</summary>
    public bool IsDue => IsWanted && (outage.IsOn ? outage.Wait.IsCompleted : Left <= TimeSpan.Zero);

    /// <summary>A destination that is being deleted needs none.</summary>
    private bool IsWanted => _every is not null && progress.State.Status != StreamStatus.Deleting;

    private TimeSpan Left => _every!.Value - time.GetElapsedTime(_sentAt);

    /// <summary>Something was sent.</summary>
    public void Restart() => _sentAt = time.GetTimestamp();

    /// <summary>When it is over, one may be due; null when none will be.</summary>
    public Task? Wait(CancellationToken stop)
    {
        if (!IsWanted) return null;
        if (outage.IsOn) return outage.Wait;
        if (_timer is null or { IsCompleted: true }) _timer = Task.Delay(Left > TimeSpan.Zero ? Left : TimeSpan.Zero, time, stop);
        return _timer;
    }

    public async ValueTask SendAsync(CancellationToken stop, CancellationToken abort)
    {
        var batch = TestEvent.Heartbeat(definition, ledger.Size, progress.Cursor, progress.Now, out var events);
        // Disposed by nobody when the sending is broken off: its body may still be read for a while.
        var result = await sender.SendAsideAsync(batch, abort);
        events.Dispose();
        Restart();
        var failure = FailureOf(result);
        await progress.HeartbeatEndedAsync(failure);
        if (failure is null) outage.End();
        else outage.Begin((result as DeliveryResult.TryLater)?.After, TimeSpan.MaxValue, stop);
    }

    private static (ErrorClass Class, string Message)? FailureOf(DeliveryResult result) => result switch
    {
        // Whether it keeps what it has taken shows with the next events; they must not wait for it.
        DeliveryResult.Delivered or DeliveryResult.Answered => null,
        DeliveryResult.TryLater later => (later.Class, later.Reason),
        DeliveryResult.Refused refused => (ErrorClass.Refused, refused.Reason),
        DeliveryResult.PartlyRefused { Events: [var first, ..] } => (ErrorClass.Refused, first.Reason),
        _ => (ErrorClass.Refused, "The heartbeat is too large for the destination."),
    };
}
