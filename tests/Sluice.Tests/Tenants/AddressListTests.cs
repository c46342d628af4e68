using System.Net;
using Sluice.Tenants;

namespace Sluice.Tests.Tenants;

public sealed class AddressListTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.255.0.1", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("10.9.9.9/8", "10.255.0.1", true)]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("2001:db8::/32", "2001:db8:1::5", true)]
    [InlineData("2001:db8::/32", "2001:db9::5", false)]
    [InlineData("2001:db8::/32", "10.0.0.1", false)]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    public void An_address_comes_in_from_its_networks_only(string network, string address, bool isIn)
    {
        Assert.True(AddressList.TryParse(["192.0.2.0/24", network], out var list, out _));

        Assert.Equal(isIn, list.Allows(IPAddress.Parse(address)));
    }

    [Fact]
    public void An_empty_list_lets_everybody_in_and_another_one_nobody_without_an_address()
    {
        Assert.True(AddressList.Everywhere.Allows(null));
        Assert.True(AddressList.TryParse(["0.0.0.0/0"], out var list, out _));
        Assert.False(list.Allows(null));
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("example.com")]
    [InlineData("fe80::1%3")]
    [InlineData("")]
    public void What_is_no_network_is_named(string text)
    {
        Assert.False(AddressList.TryParse(["10.0.0.0/8", text], out _, out var wrong));
        Assert.Equal(text, wrong);
    }
}
