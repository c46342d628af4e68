using System.Buffers;
using Sluice.Events;
using Sluice.Sources;

namespace Sluice.Server.Import;

/// <summary>
/// Events that go into one request: 1,000, or fewer once they have 750,000 bytes, so that a request passes the usual limit of proxies (1 MiB) too;
/// both far within the contract's limits.
/// </summary>
internal sealed class ImportBatch(IEventSource source)
{
    public const int MaxEvents = 1_000, MaxBytes = 750_000;

    private readonly ArrayBufferWriter<byte> _event = new();
    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly List<long> _numbers = [];

    public ReadOnlyMemory<byte> Body => _body.WrittenMemory;

    public int Count => _numbers.Count;

    public bool IsFull => Count == MaxEvents || _body.WrittenCount >= MaxBytes;

    /// <summary>The place in the file of the event at this index of the request.</summary>
    public long NumberOf(int index) => _numbers[index];

    /// <returns>Why no event can be made of the record; null when it was added, or is none to be sent.</returns>
    public Refusal? Add(ReadOnlyMemory<byte> record, long number)
    {
        _event.ResetWrittenCount();
        if (source.Write(record, number, _event) is { } refusal) return refusal;
        if (_event.WrittenCount == 0) return null;
        _body.Write(_event.WrittenSpan);
        _body.Write("\n"u8);
        _numbers.Add(number);
        return null;
    }

    public void Clear()
    {
        _body.ResetWrittenCount();
        _numbers.Clear();
    }
}
