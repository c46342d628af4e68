using System.Net;

namespace Sluice.Destinations.Http;

/// <summary>
/// A request's content in memory that is only lent. An answer can come, or time run out, while it is still being sent; then it is not taken back. Once taken back
/// it is never read again.
/// </summary>
internal sealed class LentContent : HttpContent
{
    private const int Idle = 0, Sending = 1, TakenBack = 2;

    private readonly ReadOnlyMemory<byte> _body;
    private int _state;

    public LentContent(ReadOnlyMemory<byte> body)
    {
        _body = body;
        Headers.ContentLength = body.Length;
    }

    /// <returns>Whether its memory may be used for something else.</returns>
    public bool TryTakeBack() => Interlocked.CompareExchange(ref _state, TakenBack, Idle) != Sending;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, Sending, Idle) != Idle) throw new IOException("The request's body is no longer there.");
        try
        {
            await stream.WriteAsync(_body, cancellationToken);
        }
        finally
        {
            Interlocked.CompareExchange(ref _state, Idle, Sending);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
