using System.Buffers;
using System.Buffers.Binary;
using Npgsql;
using Sluice.Ledger;

namespace Sluice.Storage.Postgres;

/// <summary>Reads events by a binary COPY of (sequence, persisted_at, digest, body).</summary>
internal sealed class EventCopy
{
    private const int FirstRoom = 128 << 10;
    private const int ColumnsBefore = sizeof(short) + (2 * (sizeof(int) + sizeof(long))) + sizeof(int) + Digest.Size;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstRoom);
    private int _from, _to;

    /// <summary>Adds every row of the COPY to the page.</summary>
    public static async Task ReadAsync(NpgsqlConnection connection, string query, EventPage page)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync($"COPY ({query}) TO STDOUT (FORMAT BINARY)");
        var copy = new EventCopy();
        await copy.SkipHeaderAsync(stream);
        while (await copy.NextAsync(stream, page)) { }
        while (await stream.ReadAsync(copy._bytes.AsMemory(), CancellationToken.None) > 0) { }
        ArrayPool<byte>.Shared.Return(copy._bytes);
    }

    private async ValueTask SkipHeaderAsync(Stream stream)
    {
        var length = BinaryCopy.Header.Length;
        await HaveAsync(stream, length);
        var extension = BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(length - sizeof(int)));
        await HaveAsync(stream, length + extension);
        _from += length + extension;
    }

    private async ValueTask<bool> NextAsync(Stream stream, EventPage page)
    {
        await HaveAsync(stream, sizeof(short));
        if (BinaryPrimitives.ReadInt16BigEndian(_bytes.AsSpan(_from)) < 0) return false;
        await HaveAsync(stream, ColumnsBefore + sizeof(int));
        var length = BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(_from + ColumnsBefore));
        await HaveAsync(stream, ColumnsBefore + sizeof(int) + length);
        Add(page, _bytes.AsSpan(_from, ColumnsBefore + sizeof(int) + length));
        _from += ColumnsBefore + sizeof(int) + length;
        return true;
    }

    private static void Add(EventPage page, ReadOnlySpan<byte> row) => page.Add(
        BinaryPrimitives.ReadInt64BigEndian(row[6..]), BinaryPrimitives.ReadInt64BigEndian(row[18..]), Digest.From(row.Slice(30, Digest.Size)), row[(ColumnsBefore + sizeof(int))..]);

    private ValueTask HaveAsync(Stream stream, int wanted) => _to - _from >= wanted ? ValueTask.CompletedTask : FillAsync(stream, wanted);

    private async ValueTask FillAsync(Stream stream, int wanted)
    {
        MakeRoom(wanted);
        while (_to - _from < wanted)
        {
            var read = await stream.ReadAsync(_bytes.AsMemory(_to), CancellationToken.None);
            if (read == 0) throw new StorageCorruptException("PostgreSQL's COPY ended in the middle of a row.");
            _to += read;
        }
    }

    private void MakeRoom(int wanted)
    {
        var target = wanted <= _bytes.Length ? _bytes : ArrayPool<byte>.Shared.Rent(Math.Max(wanted, _bytes.Length * 2));
        _bytes.AsSpan(_from, _to - _from).CopyTo(target);
        if (target != _bytes) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _from, _to) = (target, 0, _to - _from);
    }
}
