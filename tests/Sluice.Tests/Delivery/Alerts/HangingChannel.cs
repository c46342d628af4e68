using Sluice.Delivery;
using Sluice.Delivery.Alerts;
using Sluice.Secrets;

namespace Sluice.Tests.Delivery.Alerts;

/// <summary>An operator who never answers.</summary>
internal sealed class HangingChannel : IAlertChannel
{
    private volatile bool _isAsked;

    public bool IsAsked => _isAsked;

    public SecretMask Mask => SecretMask.None;

    public async ValueTask<DeliveryResult> TellAsync(string id, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        _isAsked = true;
        await Task.Delay(Timeout.Infinite, cancellation);
        throw new InvalidOperationException("It never answers.");
    }

    public void Dispose()
    {
    }
}
