using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>Sends batches off: stores their boundaries first where the kind asks for it, and reads them again when their events were let go of.</summary>
/// <param name="mostInFlight">Sendings at a time.</param>
internal sealed class BatchLauncher(
    string destination, Window window, Outage outage, EventBuffers buffers, BatchReader reader, BatchSender sender, BatchDelivery delivery, StreamProgress progress,
    int mostInFlight, bool freezes)
{
    public int MostInFlight => mostInFlight;

    /// <summary>One more may be sent: in an outage only when it was waited, and only one, to find out whether it is over.</summary>
    public bool HasRoom => outage.IsOn ? outage.Wait.IsCompleted && window.Flying == 0 && !outage.IsProbing(window) : window.Flying < mostInFlight;

    /// <summary>Takes up the batches whose boundaries were stored.</summary>
    /// <returns>Through where they were read.</returns>
    public long Restore(IReadOnlyList<FrozenBatch>? frozen)
    {
        if (!freezes || frozen is not { Count: > 0 }) return progress.Cursor;
        window.Restore(frozen);
        return Math.Max(progress.Cursor, frozen[^1].Through);
    }

    public async ValueTask LaunchAsync(Flight flight, CancellationToken stop, CancellationToken abort)
    {
        if (freezes && !flight.IsFrozen) await delivery.FreezeAsync(stop);
        var mustRead = !flight.HasEvents;
        if (mustRead) flight.Hold(buffers.TryRent()!);
        // Several at a time are made beside each other; one alone needs no other thread.
        var sending = mostInFlight > 1 ? Task.Run(() => SendAsync(flight, mustRead, abort), abort) : SendAsync(flight, mustRead, abort);
        flight.Send(outage.Launch(), sending);
    }

    private async Task<DeliveryResult?> SendAsync(Flight flight, bool mustRead, CancellationToken abort)
    {
        if (mustRead && !await flight.ReadAgainAsync(reader, abort)) return null;
        return await sender.SendAsync(flight.Batch(destination, progress.State.RevisionOf(flight.First)), abort);
    }
}
