using System.Buffers;

namespace Sluice.Server.Import;

/// <summary>The part of a stream that was read and not used yet, in one buffer.</summary>
internal sealed class ByteWindow(Stream stream) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(128 * 1024);
    private int _start, _end;

    /// <summary>Bytes of the stream before <see cref="Unread"/>.</summary>
    public long Offset { get; private set; }

    /// <summary>Valid until the next <see cref="FillAsync"/>, also after <see cref="Skip"/>.</summary>
    public ReadOnlyMemory<byte> Unread => _bytes.AsMemory(_start, _end - _start);

    public void Skip(int count)
    {
        _start += count;
        Offset += count;
    }

    /// <summary>Reads more behind <see cref="Unread"/>; it grows while nothing is skipped.</summary>
    /// <returns>False at the end of the stream.</returns>
    public async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        MakeRoom();
        var read = await stream.ReadAsync(_bytes.AsMemory(_end), cancellation);
        _end += read;
        return read > 0;
    }

    /// <returns>False when the stream ends before.</returns>
    public async ValueTask<bool> SkipToAsync(long offset, CancellationToken cancellation)
    {
        while (Offset < offset)
        {
            if (Unread.IsEmpty && !await FillAsync(cancellation)) return false;
            Skip((int)Math.Min(offset - Offset, Unread.Length));
        }

        return true;
    }

    public void Dispose()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _start, _end) = ([], 0, 0);
    }

    private void MakeRoom()
    {
        var length = _end - _start;
        if (length == 0) (_start, _end) = (0, 0);
        if (_end < _bytes.Length) return;
        var larger = length > _bytes.Length / 2 ? ArrayPool<byte>.Shared.Rent(_bytes.Length * 2) : _bytes;
        _bytes.AsSpan(_start, length).CopyTo(larger);
        if (larger != _bytes) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _start, _end) = (larger, 0, length);
    }
}
