using System.Buffers.Text;

namespace Sluice.Benchmarks.Receiving;

/// <summary>As much of a request as the receiver needs. Bodies without a length are not understood.</summary>
internal static class ReceivedRequest
{
    /// <summary>Where the request's body begins and how long it is; false while the head is not complete.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out int bodyAt, out int length, out bool isCollector)
    {
        (bodyAt, length, isCollector) = (0, 0, false);
        var end = text.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        var head = text[..end];
        bodyAt = end + 4;
        isCollector = head.StartsWith("POST /services/collector"u8);
        length = Length(head);
        return true;
    }

    private static int Length(ReadOnlySpan<byte> head)
    {
        var name = "\r\nContent-Length: "u8;
        var at = head.IndexOf(name);
        if (at < 0 || !Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _))
            throw new BenchmarkException("The receiver got a request without Content-Length.");
        return length;
    }
}
