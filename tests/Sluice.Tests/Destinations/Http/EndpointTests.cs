using Sluice.Destinations.Http;

namespace Sluice.Tests.Destinations.Http;

public sealed class EndpointTests
{
    [Theory]
    [InlineData("https://siem.example.com", "https://siem.example.com")]
    [InlineData("https://siem.example.com:8088/in", "https://siem.example.com:8088/in")]
    [InlineData("https://user:pa%20ss@siem.example.com/in?token=abc&x=1", "https://***@siem.example.com/in?token=***&x=***")]
    [InlineData("https://siem.example.com/in?abc", "https://siem.example.com/in?***")]
    public void What_may_be_secret_is_masked(string text, string shown) => Assert.Equal(shown, Endpoint.Parse(text).ToString());

    [Theory]
    [InlineData("ftp://siem.example.com")]
    [InlineData("siem.example.com")]
    [InlineData("https://")]
    [InlineData("https://a.example/#part")]
    [InlineData("https://a.example/\r\nX: y")]
    [InlineData("file:///etc/passwd")]
    public void Other_texts_are_no_endpoints(string text) => Assert.Throws<FormatException>(() => Endpoint.Parse(text));

    [Theory]
    [InlineData("https://siem.example.com", "https://siem.example.com/services/collector/event")]
    [InlineData("https://siem.example.com/", "https://siem.example.com/services/collector/event")]
    [InlineData("https://siem.example.com/own", "https://siem.example.com/own")]
    public void A_path_is_added_where_there_is_none(string text, string used) =>
        Assert.Equal(used, Endpoint.Parse(text).WithPath("/services/collector/event").AbsoluteUri);
}
