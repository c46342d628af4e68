using System.Buffers;
using System.Runtime.InteropServices;

namespace Sluice.Events;

/// <summary>
/// Bytes outside the managed heap, for what requests bring: they grow without a second copy beside the first, and are gone the moment they are
/// given back. Pooled arrays are neither: ten packed bombs at once left a gigabyte in the pool.
/// </summary>
internal sealed unsafe class NativeBytes : MemoryManager<byte>
{
    private byte* _start;
    private int _length;

    public int Length => _length;

    /// <summary>Keeps the first bytes as they were; new ones hold anything. Spans and memories taken before are void.</summary>
    public void Resize(int length)
    {
        _start = (byte*)NativeMemory.Realloc(_start, (nuint)length);
        _length = length;
    }

    public override Span<byte> GetSpan() => new(_start, _length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex);

    public override void Unpin()
    {
        // It never moves.
    }

    public void Free()
    {
        NativeMemory.Free(_start);
        _start = null;
        _length = 0;
    }

    protected override void Dispose(bool disposing) => Free();
}
