using System.Buffers;
using Sluice.Ledger;

namespace Sluice.Storage;

/// <summary>Events read together into one pooled buffer. Their bodies are valid until the page is disposed.</summary>
public sealed class EventPage : IDisposable
{
    private readonly List<Row> _rows = [];
    private byte[] _bytes = [];
    private int _used;

    public int Count => _rows.Count;

    /// <summary>Bytes of all bodies.</summary>
    public int Bytes => _used;

    public StoredEvent this[int index]
    {
        get
        {
            var row = _rows[index];
            return new StoredEvent(row.Sequence, row.PersistedAt, row.Digest, _bytes.AsMemory(row.Start, row.Length));
        }
    }

    public void Add(long sequence, long persistedAt, in Digest digest, ReadOnlySpan<byte> body)
    {
        Reserve(body.Length);
        body.CopyTo(_bytes.AsSpan(_used));
        _rows.Add(new Row(sequence, persistedAt, digest, _used, body.Length));
        _used += body.Length;
    }

    /// <summary>Empties the page and keeps its buffer, so that one page can serve a whole scan.</summary>
    public void Clear()
    {
        _rows.Clear();
        _used = 0;
    }

    public void RemoveLast()
    {
        _used = _rows[^1].Start;
        _rows.RemoveAt(_rows.Count - 1);
    }

    public void Dispose()
    {
        Clear();
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void Reserve(int more)
    {
        if (_used + more <= _bytes.Length) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_used + more, Math.Max(16 * 1024, _bytes.Length * 2)));
        _bytes.AsSpan(0, _used).CopyTo(larger);
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }

    private readonly record struct Row(long Sequence, long PersistedAt, Digest Digest, int Start, int Length);
}
