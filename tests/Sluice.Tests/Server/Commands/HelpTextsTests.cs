using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Sluice.Server.Commands;
using Sluice.Server.Configuration;

namespace Sluice.Tests.Server.Commands;

public sealed partial class HelpTextsTests
{
    /// <summary>A setting is misspelled by one letter: the refusal names the nearest, which is the one in the help.</summary>
    [Fact]
    public void Every_setting_that_the_help_names_exists()
    {
        var names = Setting().Matches(HelpTexts.Serve).Select(match => match.Groups[1].Value).Where(name => name != "SLUICE_ADMIN_KEY").ToList();

        Assert.Equal(23, names.Count);
        foreach (var name in names)
        {
            var error = Assert.Throws<SettingException>(() => From($"Sluice:{name}x"));
            Assert.EndsWith($"Did you mean Sluice:{name}?", error.Message, StringComparison.Ordinal);
        }
    }

    private static void From(string name) =>
        SluiceSettings.From(new ConfigurationBuilder().AddInMemoryCollection([new(name, "x")]).Build());

    [GeneratedRegex(@"^  ([A-Za-z_:]+) {2,}\S", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
