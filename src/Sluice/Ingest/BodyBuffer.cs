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

/// <summary>A request's body in one buffer, read no further than the limit, within the budget all requests share.</summary>
public sealed class BodyBuffer(BodyBudget budget) : IDisposable
{
    private const int FirstSize = 16 * 1024;

    /// <summary>What a declared length is believed before its bytes arrive: beyond it, a few slow senders of promises would take the whole budget.</summary>
    private const int LargestPromise = 64 * 1024;

    /// <summary>Whoever has sent this part of what he declared is believed the rest: growing in steps would copy a request of 1,000 events twice over.</summary>
    private const int BelievedPart = 16;

    private readonly NativeBytes _bytes = new();
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.GetSpan()[.._length];

    /// <param name="expected">The length that the request declares, if it does.</param>
    public async ValueTask<BodyProblem> ReadAsync(Stream body, long? expected, CancellationToken cancellation)
    {
        if (expected > EventLimits.RequestBytes) return BodyProblem.TooLarge;
        if (!Grow((int)Math.Min(expected + 1 ?? FirstSize, LargestPromise))) return BodyProblem.Busy;
        while (true)
        {
            var read = await body.ReadAsync(_bytes.Memory[_length..], cancellation);
            if (read == 0) return BodyProblem.None;
            _length += read;
            if (_length > EventLimits.RequestBytes) return BodyProblem.TooLarge;
            if (_length == _bytes.Length && !Grow(NextSize(expected))) return BodyProblem.Busy;
        }
    }

    private int NextSize(long? expected) =>
        expected is { } declared && declared >= _length && declared / BelievedPart <= _length ? (int)declared + 1 : Math.Min(_bytes.Length * 2, EventLimits.RequestBytes + 1);

    public void Dispose()
    {
        budget.Give(_bytes.Length);
        _bytes.Free();
        _length = 0;
    }

    private bool Grow(int size)
    {
        if (!budget.TryTake(size - _bytes.Length)) return false;
        _bytes.Resize(size);
        return true;
    }
}
