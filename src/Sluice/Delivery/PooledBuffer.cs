using System.Buffers;

namespace Sluice.Delivery;

/// <summary>Bytes that grow in an array from the shared pool.</summary>
public sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int Smallest = 16 * 1024;

    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Write(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    public void Clear() => Length = 0;

    public void TruncateTo(int length) => Length = length;

    /// <summary>Lets go of the array without returning it: someone may still be reading it.</summary>
    public void Abandon() => (_bytes, Length) = ([], 0);

    /// <summary>Returns the memory; it may be filled again.</summary>
    public void Dispose()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        Abandon();
    }

    /// <summary>Makes room, so that growing in steps is not needed.</summary>
    public void Reserve(int more)
    {
        if (Length + more <= _bytes.Length) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + more, Math.Max(Smallest, _bytes.Length * 2)));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
