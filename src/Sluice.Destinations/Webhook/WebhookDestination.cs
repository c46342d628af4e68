using System.Globalization;
using System.Net.Http.Headers;
using Sluice.Delivery;
using Sluice.Destinations.Http;
using Sluice.Secrets;

namespace Sluice.Destinations.Webhook;

internal sealed class WebhookDestination(WebhookSettings settings, DestinationContext its) : IDestination
{
    private readonly HttpSender _http = new(settings, its);
    private readonly byte[][] _keys = [.. Keys(settings)];

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        var answer = await _http.PostAsync(
            body => WebhookPayload.Write(batch, settings.Framing, body),
            WebhookPayload.ContentType(batch, settings.Framing),
            (headers, body) => Sign(batch.Key, headers, body.Span),
            cancellation);
        return HttpOutcome.Of(answer);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Sign(string id, HttpRequestHeaders headers, ReadOnlySpan<byte> body)
    {
        var now = its.Time.GetUtcNow().ToUnixTimeSeconds();
        headers.TryAddWithoutValidation("webhook-id", id);
        headers.TryAddWithoutValidation("webhook-timestamp", now.ToString(CultureInfo.InvariantCulture));
        if (_keys.Length == 0) return;
        headers.TryAddWithoutValidation("webhook-signature", WebhookSignature.Standard(_keys, id, now, body));
        headers.Remove(settings.SignatureHeader);
        headers.TryAddWithoutValidation(settings.SignatureHeader, WebhookSignature.OfBody(_keys, body));
    }

    private static IEnumerable<byte[]> Keys(WebhookSettings settings)
    {
        foreach (var secret in new[] { settings.Secret, settings.NextSecret })
        {
            if (secret is not null && WebhookSignature.TryKey(secret, out var key)) yield return key;
        }
    }
}
