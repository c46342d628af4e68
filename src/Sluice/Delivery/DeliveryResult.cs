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

    /// <summary>The destination confirmed every event.</summary>
    public sealed record Delivered : DeliveryResult;

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
    public sealed record Refused(string Reason) : DeliveryResult;
}

/// <param name="Index">Its place in the batch, counted from 0.</param>
public readonly record struct RefusedEvent(int Index, string Reason);
