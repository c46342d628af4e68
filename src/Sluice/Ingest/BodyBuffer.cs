using System.Buffers;
using Sluice.Events;

namespace Sluice.Ingest;

/// <summary>Why a body could not be read whole.</summary>
public enum BodyProblem
{
    None,

    /// <summary>More bytes than a request may have, after decompression.</summary>
    TooLarge,

    /// <summary>All buffers together are full.</summary>
    Busy,
}

/// <summary>A request's body in one pooled buffer, read no further than the limit, within the budget all requests share.</summary>
public sealed class BodyBuffer(BodyBudget budget) : IDisposable
{
    private const int FirstSize = 16 * 1024;

    private byte[] _bytes = [];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <param name="expected">The length that the request declares, if it does; never believed beyond the limit.</param>
    public async ValueTask<BodyProblem> ReadAsync(Stream body, long? expected, CancellationToken cancellation)
    {
        if (expected > EventLimits.RequestBytes) return BodyProblem.TooLarge;
        if (!Grow((int)(expected + 1 ?? FirstSize))) return BodyProblem.Busy;
        while (true)
        {
            var read = await body.ReadAsync(_bytes.AsMemory(_length), cancellation);
            if (read == 0) return BodyProblem.None;
            _length += read;
            if (_length > EventLimits.RequestBytes) return BodyProblem.TooLarge;
            if (_length == _bytes.Length && !Grow(_bytes.Length * 2)) return BodyProblem.Busy;
        }
    }

    public void Dispose()
    {
        if (_bytes.Length == 0) return;
        ArrayPool<byte>.Shared.Return(_bytes);
        budget.Give(_bytes.Length);
        (_bytes, _length) = ([], 0);
    }

    private bool Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        if (!budget.TryTake(larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        var (old, length) = (_bytes, _length);
        old.AsSpan(0, length).CopyTo(larger);
        Dispose();
        (_bytes, _length) = (larger, length);
        return true;
    }
}
