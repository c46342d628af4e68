using System.Net.Sockets;
using System.Text;
using Sluice.Profiles;

namespace Sluice.Tests.Profiles;

public sealed class IpTextTests
{
    [Theory]
    [InlineData("203.0.113.42", AddressFamily.InterNetwork)]
    [InlineData("0.0.0.0", AddressFamily.InterNetwork)]
    [InlineData("2001:db8::1", AddressFamily.InterNetworkV6)]
    [InlineData("::ffff:203.0.113.42", AddressFamily.InterNetworkV6)]
    [InlineData("", null)]
    [InlineData("1", null)]
    [InlineData("1.2.3", null)]
    [InlineData("010.0.0.1", null)]
    [InlineData("0x7f.0.0.1", null)]
    [InlineData("203.0.113.42 ", null)]
    [InlineData("203.0.113.42:80", null)]
    [InlineData("[2001:db8::1]", null)]
    [InlineData("[2001:db8::1]:80", null)]
    [InlineData("fe80::1%eth0", null)]
    [InlineData("ec2.amazonaws.com", null)]
    public void Only_a_whole_address_is_one(string text, AddressFamily? family) => Assert.Equal(family, IpText.FamilyOf(Encoding.UTF8.GetBytes(text)));
}
