using Sluice.Secrets;

namespace Sluice.Delivery.Alerts;

/// <summary>A way to reach the operator that is no destination's stream.</summary>
public interface IAlertChannel : IDisposable
{
    /// <summary>Takes the channel's own secrets out of what is said about it.</summary>
    SecretMask Mask { get; }

    /// <summary>Tells once.</summary>
    /// <param name="id">Names the alert: the same whenever it is told again.</param>
    /// <param name="body">One JSON object.</param>
    ValueTask<DeliveryResult> TellAsync(string id, ReadOnlyMemory<byte> body, CancellationToken cancellation);
}
