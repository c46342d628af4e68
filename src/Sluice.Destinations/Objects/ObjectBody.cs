using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Sluice.Delivery;
using Sluice.Destinations.Http;

namespace Sluice.Destinations.Objects;

/// <summary>
/// What an object holds. The same events in the same spelling make the same bytes and the same <see cref="Digest"/>, on every attempt and every node;
/// anything else has another digest, so that one batch never stands under the name of another.
/// </summary>
internal sealed class ObjectBody : IDisposable
{
    private const int DigestBytes = 8;

    private readonly PooledBuffer _plain = new();
    private readonly PooledBuffer? _compressed;
    private bool _isShared = true;

    public ObjectBody(string destinationId, HttpCompression compression, Action<IBufferWriter<byte>> write)
    {
        write(_plain);
        Digest = DigestOf(destinationId, _plain.Written.Span);
        if (compression == HttpCompression.Gzip) _compressed = Compress(_plain);
    }

    public ReadOnlyMemory<byte> Bytes => (_compressed ?? _plain).Written;

    /// <summary>16 hexadecimal digits that tell this body of this destination from every other.</summary>
    public string Digest { get; }

    /// <summary>Its memory may still be on its way out when it is disposed: then it is not reused.</summary>
    public void KeepFromPool() => _isShared = false;

    public void Dispose()
    {
        Release(_plain);
        if (_compressed is not null) Release(_compressed);
    }

    private void Release(PooledBuffer buffer)
    {
        if (_isShared) buffer.Dispose();
        else buffer.Abandon();
    }

    private static string DigestOf(string destinationId, ReadOnlySpan<byte> plain)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{destinationId}\n"));
        hash.AppendData(plain);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, DigestBytes));
    }

    /// <summary>The gzip header has no time and no name, so nothing in it changes.</summary>
    private static PooledBuffer Compress(PooledBuffer plain)
    {
        var compressed = new PooledBuffer();
        using (var gzip = new GZipStream(new BufferStream(compressed), CompressionLevel.Optimal)) gzip.Write(plain.Written.Span);
        return compressed;
    }
}
