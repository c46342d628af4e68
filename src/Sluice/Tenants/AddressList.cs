using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Sluice.Tenants;

/// <summary>The networks from which a key may be used; none means from everywhere. Two are equal when they spell the same.</summary>
public sealed class AddressList : IEquatable<AddressList>
{
    /// <summary>Entries of a list.</summary>
    public const int Most = 100;

    private readonly IPNetwork[] _networks;

    private AddressList(IPNetwork[] networks) => (_networks, Texts) = (networks, [.. networks.Select(network => network.ToString())]);

    public static AddressList Everywhere { get; } = new([]);

    /// <summary>CIDR blocks, as they are shown and kept.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <param name="wrong">The entry that is neither an address nor a CIDR block.</param>
    public static bool TryParse(IEnumerable<string> texts, [NotNullWhen(true)] out AddressList? list, [NotNullWhen(false)] out string? wrong)
    {
        var networks = new List<IPNetwork>();
        (list, wrong) = (null, null);
        foreach (var text in texts)
        {
            if (Network(text) is not { } network)
            {
                wrong = text;
                return false;
            }

            networks.Add(network);
        }

        list = new AddressList([.. networks]);
        return true;
    }

    /// <summary>Whether somebody at this address may come. An IPv4 address in IPv6's clothes is the IPv4 address.</summary>
    /// <param name="address">Null when it is not known: then only an empty list lets it in.</param>
    public bool Allows(IPAddress? address)
    {
        if (_networks.Length == 0) return true;
        if (address is null) return false;
        var plain = Plain(address);
        return Array.Exists(_networks, network => network.Contains(plain));
    }

    public bool Equals(AddressList? other) => other is not null && Texts.SequenceEqual(other.Texts);

    public override bool Equals(object? obj) => Equals(obj as AddressList);

    public override int GetHashCode() => Texts.Aggregate(0, HashCode.Combine);

    public override string ToString() => string.Join(",", Texts);

    private static IPNetwork? Network(string text)
    {
        if (IPNetwork.TryParse(text, out var network)) return network;
        if (!IPAddress.TryParse(text, out var address) || address.ScopeIdOf() != 0) return null;
        var plain = Plain(address);
        return new IPNetwork(plain, plain.GetAddressBytes().Length * 8);
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}

internal static class AddressExtensions
{
    /// <returns>Zero for an address without a zone.</returns>
    public static long ScopeIdOf(this IPAddress address) => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? address.ScopeId : 0;
}
