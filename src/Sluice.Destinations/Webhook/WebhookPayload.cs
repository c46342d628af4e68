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
            if (framing == WebhookFraming.Ndjson) WriteLine(batch[i], output);
            else batch[i].WriteValue(output);
        }

        if (framing == WebhookFraming.Array) output.Write("]"u8);
    }

    /// <summary>Lines of a profile that is not JSON are plain text; everything else stays JSON.</summary>
    public static string ContentType(EventBatch batch, WebhookFraming framing)
    {
        if (framing != WebhookFraming.Ndjson) return "application/json";
        return batch[0].IsJson ? "application/x-ndjson" : "text/plain; charset=utf-8";
    }

    private static void WriteLine(OutgoingEvent outgoing, IBufferWriter<byte> output)
    {
        output.Write(outgoing.Spelled.Span);
        output.Write("\n"u8);
    }
}
