using System.Buffers.Text;

namespace Sluice.Benchmarks.Receiving;

/// <summary>As much of a request as the receiver needs. Bodies without a length are not understood.</summary>
internal readonly record struct ReceivedRequest(Range Path, int BodyAt, int Length, bool IsCompressed)
{
    /// <summary>False while the head is not complete.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out ReceivedRequest request)
    {
        request = default;
        var end = text.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        var head = text[..end];
        var from = head.IndexOf((byte)' ') + 1;
        var length = head[from..].IndexOf((byte)' ');
        request = new ReceivedRequest(from..(from + length), end + 4, LengthIn(head), head.IndexOf("\r\nContent-Encoding: gzip"u8) >= 0);
        return true;
    }

    private static int LengthIn(ReadOnlySpan<byte> head)
    {
        var name = "\r\nContent-Length: "u8;
        var at = head.IndexOf(name);
        if (at < 0 || !Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _))
            throw new BenchmarkException("The receiver got a request without Content-Length.");
        return length;
    }
}
