using Sluice.Delivery;

namespace Sluice.Destinations.Stdout;

/// <summary>Writes to the program's standard output. Written and flushed counts as confirmed; what reads the other end is out of sight.</summary>
internal sealed class StdoutDestination(DestinationContext its) : IDestination
{
    /// <summary>Lines of several destinations never mix.</summary>
    private static readonly SemaphoreSlim Turn = new(1, 1);

    private readonly Stream _output = its.StandardOutput();

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        using var lines = new PooledBuffer();
        StdoutPayload.Write(batch, lines);
        await Turn.WaitAsync(cancellation);
        // A full pipe blocks the write, which no token reaches: whoever waits may give up, and the next turn comes when it is through.
        var writing = Task.Run(() => Write(lines.Written.ToArray()), CancellationToken.None);
        await writing.WaitAsync(cancellation);
        return new DeliveryResult.Delivered { SentBytes = lines.Length };
    }

    public async ValueTask DisposeAsync() => await _output.DisposeAsync();

    private void Write(byte[] lines)
    {
        try
        {
            _output.Write(lines);
            _output.Flush();
        }
        finally
        {
            Turn.Release();
        }
    }
}
