using System.Buffers;
using System.IO.Compression;
using Sluice.Delivery;

namespace Sluice.Destinations.Http;

/// <summary>The body of one request, in memory of its own. The memory goes back to the pool only when it is said that nobody reads it any more.</summary>
internal sealed class RequestBody : IDisposable
{
    private readonly PooledBuffer _plain = new();
    private readonly PooledBuffer _compressed = new();
    private bool _isCompressed;

    /// <summary>Before compression.</summary>
    public int PlainLength { get; private set; }

    /// <summary>The bytes as they leave.</summary>
    public ReadOnlyMemory<byte> Sent => _isCompressed ? _compressed.Written : _plain.Written;

    /// <param name="length">How long it will be, by experience.</param>
    public void Write(Action<IBufferWriter<byte>> payload, int length, HttpCompression compression)
    {
        _plain.Reserve(length);
        payload(_plain);
        PlainLength = _plain.Length;
        _isCompressed = compression == HttpCompression.Gzip;
        if (!_isCompressed) return;
        using (var gzip = new GZipStream(new BufferStream(_compressed), CompressionLevel.Fastest)) gzip.Write(_plain.Written.Span);
        _plain.Dispose();
    }

    public void Return()
    {
        _plain.Dispose();
        _compressed.Dispose();
    }

    public void Dispose()
    {
        _plain.Abandon();
        _compressed.Abandon();
    }
}
