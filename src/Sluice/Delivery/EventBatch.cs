namespace Sluice.Delivery;

/// <summary>Events on their way to one destination, in sequence order. Valid until <see cref="IDestination.SendAsync"/> returns.</summary>
public sealed class EventBatch
{
    private readonly SpelledEvents _events;
    private readonly int _start;

    internal EventBatch(string destinationId, SpelledEvents events, int start, int count, int revision, string? key = null, string? replayId = null)
    {
        (DestinationId, _events, _start, Count, Revision, ReplayId) = (destinationId, events, start, count, revision, replayId);
        Key = key ?? string.Join('-', new[] { destinationId, replayId, $"{First}-{Last}", revision == 0 ? null : $"{revision}" }.OfType<string>());
    }

    public string DestinationId { get; }

    /// <summary>The replay that sends it; null on the live stream. Kinds that write objects put a replay's under <c>replay-&lt;id&gt;/</c>.</summary>
    public string? ReplayId { get; }

    public int Count { get; }

    /// <summary>Names the batch: the same on every retry, another one for every other batch, also where a replay sends the same events.</summary>
    public string Key { get; }

    /// <summary>
    /// 0, unless its user changed what makes the bytes while a batch with some of these events was perhaps written already. Then it is another number for each
    /// change, and belongs in the names of objects: the same name must never stand for other bytes. <see cref="Key"/> holds it.
    /// </summary>
    public int Revision { get; }

    public long First => this[0].Sequence;

    public long Last => this[Count - 1].Sequence;

    /// <summary>Names what the events belong to when they are not the stream's own, such as <c>test</c>: kinds that write objects keep those apart. Else null.</summary>
    public string? Folder { get => field ?? (ReplayId is null ? null : $"replay-{ReplayId}"); init; }

    public OutgoingEvent this[int index] => _events[_start + index];
}
