using Sluice.Delivery;
using Sluice.Streams;

namespace Sluice.Tests.Delivery;

public sealed class FailureTests
{
    [Theory]
    [InlineData("Name or service not known (siem.invalid:443)", "Name or service not known", "Name or service not known (siem.invalid:443)")]
    [InlineData("The SSL connection could not be established, see inner exception.", "The certificate is not trusted.", "The SSL connection could not be established. The certificate is not trusted.")]
    public void A_failure_is_said_once_and_in_words_that_a_user_can_follow(string outer, string inner, string said) =>
        Assert.Equal(said, Failure.Of(new HttpRequestException(outer, new IOException(inner))).Reason);

    [Fact]
    public void What_nobody_foresaw_is_an_outage() => Assert.Equal(ErrorClass.Connect, Failure.Of(new InvalidOperationException("?")).Class);
}
