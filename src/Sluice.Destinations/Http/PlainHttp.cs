using System.Net;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;

namespace Sluice.Destinations.Http;

/// <summary>Where <c>http://</c> may be used. A name is judged by the addresses it has when connecting; an address can be judged now.</summary>
internal static class PlainHttp
{
    public static void Check(Endpoint endpoint, DeliverySettings delivery)
    {
        if (endpoint.Address.Scheme != Uri.UriSchemeHttp || delivery.AllowPlainHttp) return;
        if (!IPAddress.TryParse(endpoint.Address.Host.Trim('[', ']'), out var address)) return;
        if (!new AddressGuard(delivery).IsPrivateAndAllowed(address))
            throw DefinitionException.Value("endpoint", "http:// would send events and credentials in the clear: use https://, or ask the operator for Delivery:AllowPlainHttp.");
    }
}
