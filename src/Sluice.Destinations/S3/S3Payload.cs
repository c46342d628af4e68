using System.Buffers;
using Sluice.Delivery;
using Sluice.Destinations.Http;
using Sluice.Destinations.Objects;

namespace Sluice.Destinations.S3;

/// <summary>Lines, or in GitLab's layout the event alone.</summary>
internal static class S3Payload
{
    public static void Write(EventBatch batch, S3Layout layout, IBufferWriter<byte> output)
    {
        if (layout == S3Layout.Gitlab) output.Write(batch[0].Spelled.Span);
        else ObjectLines.Write(batch, output);
    }

    public static string ContentType(S3Settings settings)
    {
        if (settings.Compression == HttpCompression.Gzip) return ObjectLines.CompressedContentType;
        return settings.Layout == S3Layout.Gitlab ? "application/json" : ObjectLines.ContentType;
    }
}
