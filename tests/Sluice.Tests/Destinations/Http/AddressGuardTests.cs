using System.Net;
using Sluice.Delivery;
using Sluice.Destinations.Http;

namespace Sluice.Tests.Destinations.Http;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("168.63.129.16")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%3")]
    [InlineData("fd00:ec2::254")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::a9fe:a9fe")]
    [InlineData("3fff::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("::7f00:1")]
    public void What_is_not_public_is_refused_unless_it_is_allowed(string text)
    {
        var address = IPAddress.Parse(text);

        Assert.False(new AddressGuard(new DeliverySettings()).Allows(address));
        Assert.True(new AddressGuard(new DeliverySettings { AllowPrivateEndpoints = true }).Allows(address));
    }

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:4700::1111")]
    public void Public_addresses_are_allowed(string text) => Assert.True(new AddressGuard(new DeliverySettings()).Allows(IPAddress.Parse(text)));

    [Fact]
    public void A_network_can_be_allowed_by_itself()
    {
        var guard = new AddressGuard(new DeliverySettings { AllowedNetworks = [IPNetwork.Parse("10.1.0.0/16")] });

        Assert.True(guard.Allows(IPAddress.Parse("10.1.2.3")));
        Assert.True(guard.Allows(IPAddress.Parse("::ffff:10.1.2.3")));
        Assert.False(guard.Allows(IPAddress.Parse("10.2.0.1")));
    }
}
