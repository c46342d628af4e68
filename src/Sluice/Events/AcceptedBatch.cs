using System.Buffers;
using Sluice.Ledger;

namespace Sluice.Events;

/// <summary>What became of one accepted event when its group was appended.</summary>
public enum AppendVerdict : byte
{
    Pending,
    Stored,

    /// <summary>The same event was stored before; <see cref="AcceptedEvent.Sequence"/> is its first sequence.</summary>
    Duplicate,

    /// <summary>Another event of the tenant holds this id.</summary>
    Conflict,
}

/// <summary>An event that passed every rule: spelled, hashed, not stored yet.</summary>
public struct AcceptedEvent
{
    /// <summary>Where its body lies in the batch's buffer.</summary>
    public int Start, Length;

    /// <summary>Its place among the request's events, counted from 0.</summary>
    public int Index;

    /// <summary>Where it begins in the request's bytes.</summary>
    public int Offset;

    /// <summary>When it happened, in nanoseconds since 1970.</summary>
    public long Timestamp;

    /// <summary>When the API call that it tells of ended; null when it says nothing of it.</summary>
    public long? EndedAt;

    /// <summary>Members that Sluice filled in: they do not count when a repeated event is compared with the stored one.</summary>
    public bool TimestampFilledIn, CategoryFilledIn;

    public Digest Digest;
    public Digest Leaf;
    public IndexKeys Keys;

    /// <summary>Set by the append.</summary>
    public AppendVerdict Verdict;

    public long Sequence;

    public readonly EventTimes Times => new(Timestamp, EndedAt ?? Timestamp);
}

/// <summary>The accepted events of one request, their bodies in one buffer.</summary>
/// <param name="expectedBytes">About how many bytes the bodies will have; only the first room is made by it.</param>
public sealed class AcceptedBatch(int expectedBytes = 0) : IDisposable
{
    private const int LargestFirstRoom = 1 << 20;

    private readonly NativeBytes _bytes = new();
    private AcceptedEvent[] _events = ArrayPool<AcceptedEvent>.Shared.Rent(16);

    public int Count { get; private set; }

    /// <summary>Bytes of all bodies.</summary>
    public int Bytes { get; private set; }

    public ref AcceptedEvent this[int index] => ref _events[index];

    public Span<AcceptedEvent> Events => _events.AsSpan(0, Count);

    public ReadOnlySpan<byte> Body(in AcceptedEvent accepted) => _bytes.GetSpan().Slice(accepted.Start, accepted.Length);

    /// <summary>Room for a body of at most this many bytes; nothing is added until <see cref="Add"/>.</summary>
    public Span<byte> Reserve(int length)
    {
        if (Bytes + length > _bytes.Length) Grow(Bytes + length);
        return _bytes.GetSpan()[Bytes..];
    }

    /// <summary>Adds an event whose body of this length was written into the reserved room.</summary>
    public void Add(int length, in AcceptedEvent accepted)
    {
        if (Count == _events.Length) GrowEvents();
        ref var added = ref _events[Count++];
        added = accepted;
        (added.Start, added.Length) = (Bytes, length);
        Bytes += length;
    }

    /// <summary>Takes back the event that was added last.</summary>
    public void RemoveLast()
    {
        Bytes = _events[--Count].Start;
    }

    public void Dispose()
    {
        _bytes.Free();
        if (_events.Length > 0) ArrayPool<AcceptedEvent>.Shared.Return(_events);
        (_events, Count, Bytes) = ([], 0, 0);
    }

    private void Grow(int needed)
    {
        var doubled = Math.Max(Math.Min(expectedBytes, LargestFirstRoom), Math.Max(4096, Math.Min(2L * _bytes.Length, int.MaxValue)));
        _bytes.Resize((int)Math.Max(needed, doubled));
    }

    private void GrowEvents()
    {
        var larger = ArrayPool<AcceptedEvent>.Shared.Rent(_events.Length * 2);
        _events.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<AcceptedEvent>.Shared.Return(_events);
        _events = larger;
    }
}
