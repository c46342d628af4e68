using System.ComponentModel;
using System.Net;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Destinations.Http;
using Sluice.Secrets;

namespace Sluice.Destinations.Syslog;

public sealed record SyslogSettings : IDestinationSettings
{
    private const int LongestAppName = 48;
    private const int LastFacility = 23;

    [Description("`tls://host:6514` or `tcp://host:514`; these ports when none is given.")]
    public required string Endpoint { get; init; }

    [Description("The facility, 0 to 23; default 13, log audit.")]
    public int Facility { get; init; } = 13;

    [Description("The APP-NAME of every message; default `sluice`.")]
    public string AppName { get; init; } = "sluice";

    [Description("PEM certificates to trust instead of the system's.")]
    public string? CaCertificate { get; init; }

    [Description("PEM certificate, its chain behind it, that Sluice shows to the receiver.")]
    public string? ClientCertificate { get; init; }

    [Description("The certificate's private key, PEM.")]
    public Secret? ClientKey { get; init; }

    internal bool IsTls => Address(Endpoint)!.Scheme == "tls";

    internal DnsEndPoint Place => Address(Endpoint) is { Port: > 0 } given ? new DnsEndPoint(given.Host, given.Port) : new DnsEndPoint(Address(Endpoint)!.Host, IsTls ? 6514 : 514);

    public void Check(DeliverySettings delivery)
    {
        if (Address(Endpoint) is null)
            throw DefinitionException.Value("endpoint", "endpoint is tls://host:6514 or tcp://host:514, and nothing behind it.");
        CheckPlain(delivery);
        if (Facility is < 0 or > LastFacility) throw DefinitionException.Value("facility", $"facility is 0 to {LastFacility}; 13 is log audit.");
        if (AppName.Length is 0 or > LongestAppName || !AppName.All(c => c is > ' ' and <= '~'))
            throw DefinitionException.Value("app_name", $"app_name has 1 to {LongestAppName} printable ASCII characters without blanks.");
        Tls.Check(CaCertificate, ClientCertificate, ClientKey);
    }

    /// <summary>A name is judged by the addresses it has when connecting; an address can be judged now.</summary>
    private void CheckPlain(DeliverySettings delivery)
    {
        if (IsTls || delivery.AllowPlainHttp || !IPAddress.TryParse(Place.Host.Trim('[', ']'), out var address)) return;
        if (!new AddressGuard(delivery).IsPrivateAndAllowed(address))
            throw DefinitionException.Value("endpoint", "tcp:// would send events in the clear: use tls://, or ask the operator for Delivery:AllowPlainHttp.");
    }

    private static Uri? Address(string endpoint)
    {
        var isUri = Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "tls" or "tcp";
        return isUri && uri!.Host.Length > 0 && uri.UserInfo.Length == 0 && uri.PathAndQuery.Trim('/').Length == 0 && uri.Fragment.Length == 0 ? uri : null;
    }
}
