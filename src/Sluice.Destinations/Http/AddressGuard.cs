using System.Net;
using System.Net.Sockets;
using Sluice.Delivery;

namespace Sluice.Destinations.Http;

/// <summary>Decides which addresses a destination may have, so that nobody reaches through Sluice into the network it runs in.</summary>
internal sealed class AddressGuard(DeliverySettings settings)
{
    /// <summary>What is not the public internet: RFC 6890's special ranges, with every way in which IPv6 can carry an IPv4 address.</summary>
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "168.63.129.16/32",   // public by its number; to Azure's virtual machines it is the platform itself
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10",
            "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    public bool Allows(IPAddress address) => IsPublic(address) || IsPrivateAndAllowed(address);

    public bool IsPrivateAndAllowed(IPAddress address) => !IsPublic(address) && (settings.AllowPrivateEndpoints || IsInAllowedNetwork(address));

    // IPNetwork reads a mapped address as the IPv4 one inside it, so "::ffff:0:0/96" in the list would never match.
    internal static bool IsPublic(IPAddress address) => !address.IsIPv4MappedToIPv6 && !NotPublic.Any(network => Contains(network, address));

    private bool IsInAllowedNetwork(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return settings.AllowedNetworks.Any(network => Contains(network, plain));
    }

    private static bool Contains(IPNetwork network, IPAddress address)
    {
        if (address.AddressFamily != network.BaseAddress.AddressFamily) return false;
        return network.Contains(address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes()) : address);
    }
}
