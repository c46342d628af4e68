using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>What became of a batch, as its destination reports it. The engine decides what follows.</summary>
public abstract record DeliveryResult
{
    private DeliveryResult()
    {
    }

    /// <summary>Null when the destination speaks no HTTP.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>Bytes of the request's body, as they left.</summary>
    public long SentBytes { get; init; }

    /// <summary>What the destination said, whole: the engine masks and shortens it.</summary>
    public string? Answer { get; init; }

    /// <summary>What its user should know of a success; it is shown among the attempts.</summary>
    public string? Remark { get; init; }

    /// <summary>The destination confirmed every event.</summary>
    public sealed record Delivered : DeliveryResult;

    /// <summary>
    /// The destination has every event and will say later whether it keeps them. The next batch may be sent, the cursor waits. The batch is no longer
    /// valid, and is read again should it have to be sent again.
    /// </summary>
    /// <param name="Acknowledged"><see cref="Delivered"/>, or <see cref="TryLater"/> to send them again. It ends at the latest when the destination is disposed.</param>
    public sealed record Answered(Task<DeliveryResult> Acknowledged) : DeliveryResult;

    /// <summary>Nothing is said about the events: send them again later.</summary>
    /// <param name="After">What the destination asked to wait, if it did.</param>
    public sealed record TryLater(string Reason, ErrorClass Class, TimeSpan? After = null) : DeliveryResult;

    /// <summary>The request was too large: send fewer events at once.</summary>
    public sealed record TooLarge : DeliveryResult;

    /// <summary>These events are refused for good; the destination confirmed all others of the batch.</summary>
    public sealed record PartlyRefused(IReadOnlyList<RefusedEvent> Events) : DeliveryResult
    {
        /// <summary>So many of these events it took, and does not say which: all are set aside, since none may be lost.</summary>
        public int Taken { get; init; }
    }

    /// <summary>Something in the batch is refused for good, and nothing of it was taken.</summary>
    public sealed record Refused(string Reason) : DeliveryResult
    {
        /// <summary>The place of the event that is the cause, counted from 0, where the destination tells: it is tried alone at once. A hint, not a verdict.</summary>
        public int? Index { get; init; }
    }
}

/// <param name="Index">Its place in the batch, counted from 0.</param>
public readonly record struct RefusedEvent(int Index, string Reason);
