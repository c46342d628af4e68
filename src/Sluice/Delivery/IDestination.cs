namespace Sluice.Delivery;

/// <summary>
/// An open destination: one call. The engine batches, waits, retries, splits and remembers. An exception means that it is unknown whether the events
/// arrived, and they are sent again.
/// <para>
/// Calls overlap only where the kind allows more than one batch in flight (<see cref="DestinationKind.MostInFlight"/>), and then at most so many as
/// <see cref="DestinationContext.InFlight"/> says: each has its own batch, and what they share must bear that. After <see cref="DeliveryResult.Answered"/> the
/// next call may come while acknowledgements are waited for. Disposing comes after the last call has returned, and ends what waits.
/// </para>
/// </summary>
public interface IDestination : IAsyncDisposable
{
    ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation);

    /// <summary>Sends a test event just as <see cref="SendAsync"/> does; a kind may add to the answer what else it learns of the destination's health.</summary>
    ValueTask<DeliveryResult> TestAsync(EventBatch batch, CancellationToken cancellation) => SendAsync(batch, cancellation);
}
