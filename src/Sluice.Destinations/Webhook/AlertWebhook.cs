using System.Buffers;
using Sluice.Delivery;
using Sluice.Delivery.Alerts;
using Sluice.Destinations.Http;
using Sluice.Secrets;

namespace Sluice.Destinations.Webhook;

/// <summary>Posts alerts, signed like the events of a webhook. The address is the operator's own setting, so it may be any: private ones too, and plain ones.</summary>
public sealed class AlertWebhook : IAlertChannel
{
    private static readonly DeliverySettings Anywhere = new() { AllowPrivateEndpoints = true, AllowPlainHttp = true };

    private readonly HttpSender _http;
    private readonly WebhookSigner _signer;

    private AlertWebhook(WebhookSettings settings, TimeProvider time)
    {
        _http = new HttpSender(settings, new DestinationContext("alerts", Anywhere, time));
        _signer = new WebhookSigner(settings, time);
        Mask = new SecretMask(settings.Endpoint.Secrets.Append(settings.Secret?.Reveal() ?? ""));
    }

    public SecretMask Mask { get; }

    /// <param name="secret">Signs; not signed without.</param>
    public static AlertWebhook To(Endpoint endpoint, Secret? secret, TimeProvider time) => new(new WebhookSettings { Endpoint = endpoint, Secret = secret }, time);

    /// <summary>Whether it can sign: not empty, and base64 behind <c>whsec_</c>.</summary>
    public static bool CanSignWith(Secret secret) => WebhookSignature.TryKey(secret, out var key) && key.Length > 0;

    public async ValueTask<DeliveryResult> TellAsync(string id, ReadOnlyMemory<byte> body, CancellationToken cancellation) => HttpOutcome.Of(
        await _http.PostAsync(output => output.Write(body.Span), "application/json", (headers, sent) => _signer.Sign(id, headers, sent.Span), cancellation));

    public void Dispose() => _http.Dispose();
}
