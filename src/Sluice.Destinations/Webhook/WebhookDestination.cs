using Sluice.Delivery;
using Sluice.Destinations.Http;

namespace Sluice.Destinations.Webhook;

internal sealed class WebhookDestination(WebhookSettings settings, DestinationContext its) : IDestination
{
    private readonly HttpSender _http = new(settings, its);
    private readonly WebhookSigner _signer = new(settings, its.Time);

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        var answer = await _http.PostAsync(
            body => WebhookPayload.Write(batch, settings.Framing, body),
            WebhookPayload.ContentType(batch, settings.Framing),
            (headers, body) => _signer.Sign(batch.Key, headers, body.Span),
            cancellation);
        return HttpOutcome.Of(answer);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
