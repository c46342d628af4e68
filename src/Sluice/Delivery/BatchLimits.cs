namespace Sluice.Delivery;

/// <summary>How much a kind takes in one request. A single event is sent however large it is.</summary>
/// <param name="Events">At most so many events.</param>
/// <param name="Bytes">At most so many bytes of body, before compression.</param>
/// <param name="EventOverhead">Bytes that the kind adds around each event at most.</param>
public readonly record struct BatchLimits(int Events, int Bytes, int EventOverhead = 1)
{
    /// <summary>
    /// How long the oldest event may wait for others until a batch is full. Zero, the default, sends what there is at once.
    /// </summary>
    public TimeSpan Fill { get; init; }
}
