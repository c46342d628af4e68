using System.Buffers;
using Sluice.Delivery;

namespace Sluice.Destinations.Stdout;

/// <summary>One event a line, as its profile spells it.</summary>
internal static class StdoutPayload
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
