using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>Where a delivery keeps what became of its events: a stream's progress, or a replay's. The cursor never passes an event that was neither confirmed nor durably set aside.</summary>
internal interface IDeliveryProgress
{
    StreamState State { get; }

    long Now { get; }

    /// <summary>The destination confirmed everything up to here that was not set aside.</summary>
    ValueTask ConfirmAsync(long through);

    ValueTask AttemptFailedAsync(ErrorClass error, string message);

    /// <summary>Counts a refused event; nothing is kept of it yet.</summary>
    /// <returns>How many were refused in a row.</returns>
    int CountRefusal(long sequence);

    /// <summary>Makes dead letters durable, and only then passes them.</summary>
    ValueTask SetAsideAsync(IReadOnlyList<DeadLetter> letters, long through, StreamState state, CancellationToken cancellation);

    /// <summary>Everything was refused for too long: the refusals were no verdicts, so the cursor goes back before the first of them.</summary>
    ValueTask DistrustAsync(CancellationToken cancellation);

    /// <returns>The gap that opens with it, if one does.</returns>
    ValueTask<Gap?> GiveUpAsync(CancellationToken cancellation);

    /// <summary>Retention dropped what was not sent yet: the cursor goes before this sequence.</summary>
    /// <returns>The gap that it is, if it is one.</returns>
    ValueTask<Gap?> LoseAsync(long first, CancellationToken cancellation);
}
