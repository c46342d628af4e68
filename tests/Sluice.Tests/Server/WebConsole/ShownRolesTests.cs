using System.Text.Json;
using Sluice.Server.Endpoints;
using Sluice.Tenants;
using Sluice.Tests.Documentation;

namespace Sluice.Tests.Server.WebConsole;

/// <summary>What the console says that roles may.</summary>
public sealed class ShownRolesTests
{
    [Fact]
    public void They_may_what_the_console_says()
    {
        var shown = JsonSerializer.Deserialize<Dictionary<string, string[]>>(new Page("src/Sluice.Console/src/pages/access/roles.json").Text)!;

        Assert.Equal(RoleNames.All.Order(), shown.Keys.Order());
        Assert.All(shown, role => Assert.Equal(PermissionsOf(RoleNames.TryParse(role.Key)!.Value), role.Value));
    }

    private static IEnumerable<string> PermissionsOf(Role role) => Enum.GetValues<Permission>().Where(permission => role.Includes(permission)).Select(SessionAnswer.NameOf);
}
