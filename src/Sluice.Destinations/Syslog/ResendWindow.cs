namespace Sluice.Destinations.Syslog;

/// <summary>
/// What was written last, to be written again on the next connection. Syslog confirms nothing: when a connection ends, whatever was in buffers between the
/// two programs is gone without a word.
/// </summary>
internal sealed class ResendWindow
{
    /// <summary>More than our socket buffer and, as a rule, that of the receiver hold, and little enough for hundreds of destinations.</summary>
    private const int Most = 1_000_000;

    private readonly Queue<byte[]> _batches = new();
    private int _bytes;

    public IReadOnlyCollection<byte[]> Batches => _batches;

    /// <summary>The newest batch stays however large it is.</summary>
    public void Add(byte[] batch)
    {
        _batches.Enqueue(batch);
        _bytes += batch.Length;
        while (_bytes > Most && _batches.Count > 1) _bytes -= _batches.Dequeue().Length;
    }
}
