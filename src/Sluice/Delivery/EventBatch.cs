using Sluice.Storage;
using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>Events on their way to one destination, in sequence order. Valid until <see cref="IDestination.SendAsync"/> returns.</summary>
public sealed class EventBatch
{
    private readonly SpelledEvents _events;
    private readonly int _start;

    internal EventBatch(string destinationId, SpelledEvents events, int start, int count, string? key = null)
    {
        (DestinationId, _events, _start, Count) = (destinationId, events, start, count);
        Key = key ?? $"{destinationId}-{First}-{Last}";
    }

    public string DestinationId { get; }

    public int Count { get; }

    /// <summary>Names the batch: the same on every retry, another one for every other batch.</summary>
    public string Key { get; }

    public long First => this[0].Sequence;

    public long Last => this[Count - 1].Sequence;

    /// <summary>Names what the events belong to when they are not the stream's own, such as <c>test</c>: kinds that write objects keep those apart. Else null.</summary>
    public string? Folder { get; init; }

    public OutgoingEvent this[int index] => _events[_start + index];

    internal EventBatch Part(int start, int count) => start == 0 && count == Count ? this : new EventBatch(DestinationId, _events, _start + start, count) { Folder = Folder };
}

/// <param name="Stored">The event as the ledger keeps it.</param>
/// <param name="Spelled">The event in the destination's profile.</param>
public readonly record struct OutgoingEvent(StoredEvent Stored, ReadOnlyMemory<byte> Spelled)
{
    public long Sequence => Stored.Sequence;

    public EventHead Head => EventHead.Of(Stored.Body.Span);
}
