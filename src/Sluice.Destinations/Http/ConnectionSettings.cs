using System.ComponentModel;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Secrets;

namespace Sluice.Destinations.Http;

public enum HttpCompression
{
    None,
    Gzip,
}

/// <summary>What every kind that speaks HTTP lets a user set, whether or not the user also says where it is.</summary>
public abstract record ConnectionSettings : IDestinationSettings
{
    [Description("Headers added to every request, at most 20.")]
    public CustomHeaders Headers { get; init; } = CustomHeaders.None;

    [Description("How bodies are compressed; default `none`.")]
    public HttpCompression Compression { get; init; }

    [Description("PEM certificates to trust instead of the system's.")]
    public string? CaCertificate { get; init; }

    [Description("PEM certificate, its chain behind it, that Sluice shows to the destination.")]
    public string? ClientCertificate { get; init; }

    [Description("The certificate's private key, PEM.")]
    public Secret? ClientKey { get; init; }

    public virtual void Check(DeliverySettings delivery)
    {
        Tls.CheckTrusted(CaCertificate);
        if (ClientCertificate is null != ClientKey is null)
            throw DefinitionException.Missing(ClientKey is null ? "client_key" : "client_certificate");
        Tls.Client(ClientCertificate, ClientKey)?.Dispose();
    }
}
