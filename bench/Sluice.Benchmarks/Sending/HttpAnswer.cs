using System.Buffers.Text;

namespace Sluice.Benchmarks.Sending;

/// <summary>As much of an HTTP answer as the sender needs; one answer at a time is on a connection.</summary>
/// <param name="Accepted">The answer's own count of events newly stored; -1 when it has none.</param>
internal readonly record struct HttpAnswer(int Status, long Accepted)
{
    /// <returns>Whether the answer is complete.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out HttpAnswer answer)
    {
        answer = default;
        var end = text.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        var head = text[..end];
        var body = text[(end + 4)..];
        if (!IsComplete(head, body)) return false;
        Utf8Parser.TryParse(head["HTTP/1.1 ".Length..], out int status, out _);
        answer = new HttpAnswer(status, NumberAfter(body, "\"accepted\":"u8));
        return true;
    }

    private static bool IsComplete(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        var length = NumberAfter(head, "\r\nContent-Length: "u8);
        return length >= 0 ? body.Length >= length : body.EndsWith("0\r\n\r\n"u8);
    }

    private static long NumberAfter(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        var at = text.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(text[(at + name.Length)..], out long number, out _) ? number : -1;
    }
}
