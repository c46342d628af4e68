using System.ComponentModel;
using System.Net;
using System.Text.Json.Nodes;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Profiles;
using Sluice.Secrets;

namespace Sluice.Destinations.Http;

public enum HttpCompression
{
    None,
    Gzip,
}

/// <summary>What every kind that speaks HTTP lets a user set, wherever it finds the address to speak to.</summary>
public abstract record HttpClientSettings : IDestinationSettings
{
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

    /// <summary>Where requests go.</summary>
    internal abstract Endpoint Target { get; }

    /// <summary>Its users may send events in the clear, wherever to, and are warned.</summary>
    internal virtual bool MayBePlain => false;

    public virtual void Check(DeliverySettings delivery)
    {
        if (!MayBePlain) CheckPlainHttp(Target, "endpoint", delivery);
        Tls.Check(CaCertificate, ClientCertificate, ClientKey);
    }

    /// <inheritdoc/>
    public virtual IEnumerable<string> HiddenTexts() => [];

    /// <inheritdoc/>
    public virtual void Complete(JsonObject members)
    {
    }

    /// <inheritdoc/>
    public virtual StreamSettings Narrow(StreamSettings stream) => stream;

    /// <inheritdoc/>
    public virtual IProfile Narrow(IProfile profile) => profile;

    string? IDestinationSettings.Warning => Warning;

    /// <inheritdoc cref="IDestinationSettings.Warning"/>
    protected virtual string? Warning => null;

    /// <summary>A name is judged by the addresses it has when connecting; an address can be judged now.</summary>
    private protected static void CheckPlainHttp(Endpoint endpoint, string field, DeliverySettings delivery)
    {
        if (endpoint.Address.Scheme != Uri.UriSchemeHttp || delivery.AllowPlainHttp) return;
        if (!IPAddress.TryParse(endpoint.Address.Host.Trim('[', ']'), out var address)) return;
        if (!new AddressGuard(delivery).IsPrivateAndAllowed(address))
            throw DefinitionException.Value(field, "http:// would send events and credentials in the clear: use https://, or ask the operator for Delivery:AllowPlainHttp.");
    }
}
