using Sluice.Events;
using Sluice.Secrets;
using Sluice.Streams;
using Sluice.Telemetry;

namespace Sluice.Delivery;

/// <summary>Sends one batch once, under the timeout, and turns whatever happens into a result from which every secret was taken out.</summary>
internal sealed class BatchSender(
    IDestination destination, SecretMask mask, Attempts attempts, DeliveryMetrics metrics, TimeProvider time)
{
    /// <summary>Calls may overlap where the destination's may.</summary>
    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        var sending = new Sending(batch.DestinationId, Timestamp.Now(time), time.GetTimestamp(), batch.First, batch.Last, batch.Count);
        var result = Masked(await TryAsync(its => destination.SendAsync(batch, its), cancellation));
        if (result is DeliveryResult.Answered answered) return answered with { Acknowledged = AcknowledgedAsync(sending, answered) };
        Record(sending, result);
        return result;
    }

    /// <summary>The same without a trace in attempts and metrics: for tests that a user asks for.</summary>
    public async ValueTask<DeliveryResult> TestAsync(EventBatch batch, CancellationToken cancellation) =>
        Masked(await TryAsync(its => destination.TestAsync(batch, its), cancellation));

    /// <summary>Sends what is in no ledger: attempts and metrics are about events.</summary>
    public async ValueTask<DeliveryResult> SendAsideAsync(EventBatch batch, CancellationToken cancellation) =>
        Masked(await TryAsync(its => destination.SendAsync(batch, its), cancellation));

    private ValueTask<DeliveryResult> TryAsync(Func<CancellationToken, ValueTask<DeliveryResult>> send, CancellationToken cancellation) => LimitedSend.TryAsync(send, time, cancellation);

    /// <summary>A sending is over, and among the attempts, when the destination said what became of it.</summary>
    private async Task<DeliveryResult> AcknowledgedAsync(Sending sending, DeliveryResult.Answered answered)
    {
        var result = await answered.Acknowledged is var said && said is DeliveryResult.Delivered or DeliveryResult.TryLater
            ? said
            : new DeliveryResult.TryLater("It did not confirm what it had taken.", ErrorClass.Server);
        result = Masked(result with { SentBytes = answered.SentBytes, HttpStatus = result.HttpStatus ?? answered.HttpStatus });
        Record(sending, result);
        return result;
    }

    private void Record(in Sending sending, DeliveryResult result)
    {
        metrics.Sent(sending.Destination, result.SentBytes);
        attempts.Add(Describe(sending, result, time.GetElapsedTime(sending.Started)));
    }

    private DeliveryResult Masked(DeliveryResult result)
    {
        if (result is DeliveryResult.Delivered { Answer: null, Remark: null }) return result;
        return WithMaskedReason(result) with { Answer = result.Answer is { } answer ? ShownText.Of(mask, answer) : null };
    }

    private DeliveryResult WithMaskedReason(DeliveryResult result) => result switch
    {
        DeliveryResult.TryLater later => later with { Reason = ShownText.Of(mask, later.Reason) },
        DeliveryResult.Refused refused => refused with { Reason = ShownText.Of(mask, refused.Reason) },
        DeliveryResult.PartlyRefused partly => partly with { Events = [.. partly.Events.Select(refused => refused with { Reason = ShownText.Of(mask, refused.Reason) })] },
        _ => result,
    };

    private static Attempt Describe(in Sending sending, DeliveryResult result, TimeSpan duration)
    {
        var (name, error, message) = result switch
        {
            DeliveryResult.Delivered => ("delivered", null, result.Remark),
            DeliveryResult.TryLater later => ("try_later", later.Class.Name(), later.Reason),
            DeliveryResult.PartlyRefused partly => ("partly_refused", "refused", partly.Events.Count > 0 ? partly.Events[0].Reason : null),
            DeliveryResult.Refused refused => ("refused", "refused", refused.Reason),
            _ => ("refused", "refused", "The request is too large for the destination."),
        };
        return new Attempt(
            0, sending.At, sending.First, sending.Last, sending.Events, result.SentBytes, (long)duration.TotalMilliseconds, name, error, result.HttpStatus, message);
    }

    private readonly record struct Sending(string Destination, long At, long Started, long First, long Last, int Events);
}
