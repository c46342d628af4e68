using System.Buffers;
using Sluice.Delivery;

namespace Sluice.Destinations.Gcs;

/// <summary>Each event is one row, each row one line.</summary>
internal static class GcsPayload
{
    public static void Write(EventBatch batch, RowSelection rows, IBufferWriter<byte> output)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var sent = batch[i];
            rows.Write(sent.Spelled.Span, sent.Head.Action, output);
            output.Write("\n"u8);
        }
    }

    public static byte[] Resolved(EventBatch batch) => System.Text.Encoding.UTF8.GetBytes($$"""{"resolved":"{{HybridTime.Of(batch[batch.Count - 1]).Decimal}}"}""");
}
