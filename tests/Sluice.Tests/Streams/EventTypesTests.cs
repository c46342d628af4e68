using System.Text;
using Sluice.Streams;

namespace Sluice.Tests.Streams;

public sealed class EventTypesTests
{
    [Theory]
    [InlineData("user.login", "user.login", true)]
    [InlineData("user.login", "user.login.failed", false)]
    [InlineData("user.*", "user.login", true)]
    [InlineData("user.*", "user.login.failed", true)]
    [InlineData("user.*", "user", false)]
    [InlineData("user.*", "users.login", false)]
    [InlineData("User.*", "user.login", false)]
    public void A_pattern_is_exact_or_everything_below(string pattern, string action, bool matches) =>
        Assert.Equal(matches, new EventTypes([pattern]).Match(Encoding.UTF8.GetBytes(action)));
}
