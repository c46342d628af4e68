using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Sluice.Server.Commands;
using Sluice.Server.Configuration;

namespace Sluice.Tests.Documentation;

/// <summary><c>docs/settings.md</c> and the help of <c>serve</c> say what the settings are.</summary>
public sealed partial class SettingsPageTests
{
    private static readonly List<string[]> Rows = [.. new Page("docs/settings.md").Rows().Where(row => row.Length == 4)];

    [Fact]
    public void Every_setting_is_on_the_page_and_every_name_on_the_page_is_a_setting() =>
        Assert.Equal(SluiceSettings.Names.Order(), Rows.Select(NameOf).Order());

    [Fact]
    public void The_help_names_every_setting_that_can_be_set() => Assert.All(
        SluiceSettings.Names, name => Assert.Matches($@"(?m)^  {name} ", HelpTexts.Serve));

    [Fact]
    public void A_default_on_the_page_is_what_leaving_it_out_means()
    {
        foreach (var (name, standard) in Rows.Where(row => Literal().IsMatch(row[1])).Select(row => (NameOf(row), row[1].Trim('`'))))
        {
            if (name == "Secrets:KeyFile") Assert.Equal(Path.Combine(With().Data, "keys"), With().KeyFile);
            else Assert.Equal(With().ToString(), With(($"Sluice:{name}", standard)).ToString());
        }
    }

    [Fact]
    public void A_range_on_the_page_is_the_one_that_is_refused_beyond()
    {
        var ranges = Rows.Where(row => Range().IsMatch(row[2])).ToList();

        Assert.Equal(10, ranges.Count);
        foreach (var row in ranges)
        {
            var unit = row[2][^1] is 'd' or 'h' ? "9999d" : "9999GiB";
            Assert.Contains($"Use {row[2]}.", Assert.Throws<SettingException>(() => With(($"Sluice:{NameOf(row)}", unit))).Message, StringComparison.Ordinal);
        }
    }

    private static string NameOf(string[] row) => row[0].Trim('`');

    private static SluiceSettings With(params (string Name, string Value)[] settings) =>
        SluiceSettings.From(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build());

    [GeneratedRegex("^`[^`]+`$")]
    private static partial Regex Literal();

    [GeneratedRegex(@"^\d+\w+ to \d+\w+$")]
    private static partial Regex Range();
}
