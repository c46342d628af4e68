using System.Text;
using Sluice.Delivery;

namespace Sluice.Destinations.Gcs;

/// <summary>What is written beside the rows.</summary>
internal static class GcsPayload
{
    /// <summary>Everything up to the batch's last event is there.</summary>
    public static byte[] Marker(EventBatch batch) => Encoding.UTF8.GetBytes($$"""{"resolved":"{{HybridTime.Of(batch[batch.Count - 1]).Decimal}}"}""");
}
