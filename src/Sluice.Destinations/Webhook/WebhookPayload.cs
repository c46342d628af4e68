using System.Buffers;
using Sluice.Delivery;

namespace Sluice.Destinations.Webhook;

/// <summary>The events as they are spelled, framed as an array, as lines, or one alone.</summary>
internal static class WebhookPayload
{
    public static void Write(EventBatch batch, WebhookFraming framing, IBufferWriter<byte> output)
    {
        if (framing == WebhookFraming.Array) output.Write("["u8);
        for (var i = 0; i < batch.Count; i++)
        {
            if (i > 0 && framing == WebhookFraming.Array) output.Write(","u8);
            output.Write(batch[i].Spelled.Span);
            if (framing == WebhookFraming.Ndjson) output.Write("\n"u8);
        }

        if (framing == WebhookFraming.Array) output.Write("]"u8);
    }

    public static string ContentType(WebhookFraming framing) => framing == WebhookFraming.Ndjson ? "application/x-ndjson" : "application/json";
}
