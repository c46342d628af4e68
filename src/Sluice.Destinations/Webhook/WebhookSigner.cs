using System.Globalization;
using System.Net.Http.Headers;

namespace Sluice.Destinations.Webhook;

/// <summary>Names and signs a request, with each secret that there is.</summary>
internal sealed class WebhookSigner(WebhookSettings settings, TimeProvider time)
{
    private readonly byte[][] _keys = [.. Keys(settings)];

    public void Sign(string id, HttpRequestHeaders headers, ReadOnlySpan<byte> body)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
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
