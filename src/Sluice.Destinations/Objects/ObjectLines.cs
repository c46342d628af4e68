using System.Buffers;
using Sluice.Delivery;

namespace Sluice.Destinations.Objects;

/// <summary>One event a line, the last line ended too.</summary>
internal static class ObjectLines
{
    public const string ContentType = "application/x-ndjson";

    /// <summary>A compressed object is a file of its own kind: with <c>Content-Encoding</c> instead, some readers would decompress it twice.</summary>
    public const string CompressedContentType = "application/gzip";

    public static void Write(EventBatch batch, IBufferWriter<byte> output)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            output.Write(batch[i].Spelled.Span);
            output.Write("\n"u8);
        }
    }
}
