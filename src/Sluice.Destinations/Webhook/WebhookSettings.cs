using System.ComponentModel;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Destinations.Http;
using Sluice.Secrets;

namespace Sluice.Destinations.Webhook;

public enum WebhookFraming
{
    Array,
    Single,
    Ndjson,
}

public sealed record WebhookSettings : HttpSettings
{
    [Description("Signs every request; absent: requests are not signed. With `whsec_` before it, it is base64, else its UTF-8 bytes.")]
    public Secret? Secret { get; init; }

    [Description("Signs beside the first while receivers change over.")]
    public Secret? NextSecret { get; init; }

    [Description("`array` (default): one JSON array a request. `single`: one event a request. `ndjson`: one event a line.")]
    public WebhookFraming Framing { get; init; }

    [Description("The header with the signature of the body; default `X-Sluice-Signature`.")]
    public string SignatureHeader { get; init; } = "X-Sluice-Signature";

    public override void Check(DeliverySettings delivery)
    {
        base.Check(delivery);
        if (!CustomHeader.IsName(SignatureHeader) || CustomHeader.IsReserved(SignatureHeader) || CustomHeader.IsOfContent(SignatureHeader))
            throw DefinitionException.Value("signature_header", "signature_header must be a header name that the connection does not use itself.");
        CheckSecret("secret", Secret);
        CheckSecret("next_secret", NextSecret);
    }

    private static void CheckSecret(string field, Secret? secret)
    {
        if (secret is null) return;
        if (!WebhookSignature.TryKey(secret, out var key) || key.Length == 0)
            throw DefinitionException.Value(field, $"{field} must not be empty, and behind whsec_ it must be base64.");
    }
}
