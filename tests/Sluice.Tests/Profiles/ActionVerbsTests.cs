using System.Text;
using Sluice.Events;
using Sluice.Profiles;

namespace Sluice.Tests.Profiles;

public sealed class ActionVerbsTests
{
    [Theory]
    [InlineData("certificate.issue", "Create")]
    [InlineData("iam.create_user", "Create")]
    [InlineData("group.member_add", "Create")]
    [InlineData("s3.get_object", "Read")]
    [InlineData("certificate.renew", "Update")]
    [InlineData("api_key.revoke", "Delete")]
    [InlineData("user.deactivate", "Deactivate")]
    [InlineData("user.login", "Logon")]
    [InlineData("user.login_failed", "Logon")]
    [InlineData("session.create", "Logon")]
    [InlineData("session.expire", "Logoff")]
    [InlineData("session.list", "Read")]
    [InlineData("x", "Other")]
    [InlineData("create", "Create")]
    [InlineData("_", "Other")]
    [InlineData("größe.ändern", "Other")]
    public void The_verb_stands_behind_the_last_dot(string action, string verb) => Assert.Equal(verb, ActionVerbs.Of(Encoding.UTF8.GetBytes(action)).ToString());

    /// <summary>What the catalogue has without a verb is meant so: nothing in these was made, read, changed or removed.</summary>
    [Fact]
    public void The_catalogues_actions_have_verbs() => Assert.Equal(
        [
            "access.anomaly", "api_key.use", "bridge.job.complete", "bridge.job.dispatch", "bridge.job.fail", "certificate.discover", "certificate.expire", "ip_allow_list.enforce",
            "ip_allow_list.violate", "machine.token.exchange", "permission.deny", "scan.complete", "token.exchange", "user.mfa.verify",
        ],
        ActionCatalogue.ByCategory.SelectMany(category => category.Value).Where(action => ActionVerbs.Of(Encoding.UTF8.GetBytes(action)) == ActionVerb.Other).Order(StringComparer.Ordinal));
}
