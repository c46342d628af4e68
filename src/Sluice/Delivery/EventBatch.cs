using Sluice.Storage;
using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>Events on their way to one destination, in sequence order. Valid until <see cref="IDestination.SendAsync"/> returns.</summary>
public sealed class EventBatch
{
    private readonly SpelledEvents _events;
    private readonly int _start;

    internal EventBatch(string destinationId, SpelledEvents events, int start, int count, int revision, string? key = null)
    {
        (DestinationId, _events, _start, Count, Revision) = (destinationId, events, start, count, revision);
        Key = key ?? (revision == 0 ? $"{destinationId}-{First}-{Last}" : $"{destinationId}-{First}-{Last}-{revision}");
    }

    public string DestinationId { get; }

    public int Count { get; }

    /// <summary>Names the batch: the same on every retry, another one for every other batch.</summary>
    public string Key { get; }

    /// <summary>
    /// 0, unless its user changed what makes the bytes while a batch with some of these events was perhaps written already. Then it is another number for each
    /// change, and belongs in the names of objects: the same name must never stand for other bytes. <see cref="Key"/> holds it.
    /// </summary>
    public int Revision { get; }

    public long First => this[0].Sequence;

    public long Last => this[Count - 1].Sequence;

    public OutgoingEvent this[int index] => _events[_start + index];
}

/// <param name="Stored">The event as the ledger keeps it.</param>
/// <param name="Spelled">The event in the destination's profile.</param>
public readonly record struct OutgoingEvent(StoredEvent Stored, ReadOnlyMemory<byte> Spelled)
{
    public long Sequence => Stored.Sequence;

    public EventHead Head => EventHead.Of(Stored.Body.Span);
}
