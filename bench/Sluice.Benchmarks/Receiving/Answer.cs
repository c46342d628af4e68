using System.Text;

namespace Sluice.Benchmarks.Receiving;

/// <summary>What a receiver does with a request. It is called on the receiver's thread.</summary>
/// <param name="body">Decompressed.</param>
internal delegate Answer Answering(ReadOnlySpan<byte> path, ReadOnlySpan<byte> body);

/// <param name="Bytes">The whole answer; null is none, ever.</param>
/// <param name="After">How long it takes its time.</param>
internal readonly record struct Answer(byte[]? Bytes, TimeSpan After = default)
{
    public static Answer Never { get; }

    /// <param name="headers">Each with its line's end.</param>
    public static byte[] Text(string status, string body, string headers = "") =>
        Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
}
