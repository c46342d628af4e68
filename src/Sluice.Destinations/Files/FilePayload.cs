using System.Buffers;
using Sluice.Delivery;

namespace Sluice.Destinations.Files;

/// <summary>One event a line.</summary>
internal static class FilePayload
{
    public static void Write(EventBatch batch, IBufferWriter<byte> output)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            output.Write(batch[i].Spelled.Span);
            output.Write("\n"u8);
        }
    }
}
