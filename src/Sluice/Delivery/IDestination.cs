namespace Sluice.Delivery;

/// <summary>
/// An open destination: one call. The engine batches, waits, retries, splits and remembers. Calls never overlap; an exception means that it is unknown
/// whether the events arrived, and they are sent again.
/// </summary>
public interface IDestination : IAsyncDisposable
{
    ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation);
}
