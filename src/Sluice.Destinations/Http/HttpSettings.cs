using System.ComponentModel;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Secrets;

namespace Sluice.Destinations.Http;

public enum HttpCompression
{
    None,
    Gzip,
}

/// <summary>What every kind that speaks HTTP lets a user set.</summary>
public abstract record HttpSettings : IDestinationSettings
{
    [Description("Where events are sent. A URL without a path gets the kind's usual one.")]
    public required Endpoint Endpoint { get; init; }

    [Description("Headers added to every request, at most 20.")]
    public CustomHeaders Headers { get; init; } = CustomHeaders.None;

    [Description("How bodies are compressed: `none` or `gzip`.")]
    public HttpCompression Compression { get; init; }

    [Description("PEM certificates to trust instead of the system's.")]
    public string? CaCertificate { get; init; }

    [Description("PEM certificate, its chain behind it, that Sluice shows to the destination.")]
    public string? ClientCertificate { get; init; }

    [Description("The certificate's private key, PEM.")]
    public Secret? ClientKey { get; init; }

    public virtual void Check(DeliverySettings delivery)
    {
        CheckPlainHttp(delivery);
        Tls.CheckTrusted(CaCertificate);
        if (ClientCertificate is null != ClientKey is null)
            throw DefinitionException.Missing(ClientKey is null ? "client_key" : "client_certificate");
        Tls.Client(ClientCertificate, ClientKey)?.Dispose();
    }

    /// <summary>A name is judged by the addresses it has when connecting; an address can be judged now.</summary>
    private void CheckPlainHttp(DeliverySettings delivery)
    {
        if (Endpoint.Address.Scheme != Uri.UriSchemeHttp || delivery.AllowPlainHttp) return;
        if (!IPAddress.TryParse(Endpoint.Address.Host.Trim('[', ']'), out var address)) return;
        if (!new AddressGuard(delivery).IsPrivateAndAllowed(address))
            throw DefinitionException.Value("endpoint", "http:// would send events and credentials in the clear: use https://, or ask the operator for Delivery:AllowPlainHttp.");
    }
}
