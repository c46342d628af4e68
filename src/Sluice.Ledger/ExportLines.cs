using System.Text.Json;

namespace Sluice.Ledger;

/// <summary>The lines of an export, read one at a time into one buffer; the last, its checkpoint, is found first.</summary>
internal sealed class ExportLines
{
    private const int LongestLine = 1 << 20;
    private const int LongestCheckpoint = 1 << 16;

    private readonly Stream _stream;
    private readonly long _end;
    private byte[] _buffer = new byte[1 << 16];
    private long _position;
    private int _start;
    private int _filled;

    private ExportLines(Stream stream, string? checkpoint, long end)
    {
        _stream = stream;
        Checkpoint = checkpoint;
        _end = end;
        stream.Position = 0;
    }

    /// <summary>The signed note of the last line; null when the last line is none.</summary>
    public string? Checkpoint { get; }

    /// <summary>How many lines were read.</summary>
    public long Count { get; private set; }

    public static ExportLines Open(Stream seekable)
    {
        var length = (int)Math.Min(seekable.Length, LongestCheckpoint);
        var tail = new byte[length];
        seekable.Position = seekable.Length - length;
        seekable.ReadExactly(tail);

        var text = tail.AsSpan().TrimEnd("\r\n"u8);
        var last = text[(text.LastIndexOf((byte)'\n') + 1)..];
        var end = seekable.Length - (length - text.Length);
        var note = ReadCheckpoint(last);
        return new ExportLines(seekable, note, note is null ? end : end - last.Length);
    }

    /// <summary>The next line, without its end, until the next call.</summary>
    /// <exception cref="FormatException">It is longer than any event with its proof.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        for (var searched = 0; ;)
        {
            var unread = _buffer.AsSpan(_start.._filled);
            var length = unread[searched..].IndexOf((byte)'\n');
            if (length >= 0 || (_position == _end && unread.Length > 0))
            {
                length = length < 0 ? unread.Length : searched + length;
                line = unread[..length];
                _start += Math.Min(length + 1, unread.Length);
                Count++;
                return true;
            }
            line = default;
            if (_position == _end)
                return false;
            searched = unread.Length;
            Fill();
        }
    }

    private void Fill()
    {
        var unread = _filled - _start;
        if (unread >= LongestLine)
        {
            Count++;
            throw new FormatException("The line is longer than any event.");
        }
        _buffer.AsSpan(_start, unread).CopyTo(_buffer);
        if (unread > _buffer.Length / 2)
            Array.Resize(ref _buffer, 2 * _buffer.Length);

        var wanted = (int)Math.Min(_buffer.Length - unread, _end - _position);
        var read = _stream.Read(_buffer, unread, wanted);
        if (read == 0)
            throw new EndOfStreamException();
        _position += read;
        (_start, _filled) = (0, unread + read);
    }

    private static string? ReadCheckpoint(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            var isCheckpoint = reader.Read() && reader.TokenType == JsonTokenType.StartObject
                && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("checkpoint"u8)
                && reader.Read() && reader.TokenType == JsonTokenType.String;
            var note = isCheckpoint ? reader.GetString() : null;
            return isCheckpoint && reader.Read() && reader.TokenType == JsonTokenType.EndObject && !reader.Read() ? note : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or a string that is no text: then it is no checkpoint either.
            return null;
        }
    }
}
