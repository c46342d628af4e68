using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Profiles;
using Sluice.Tests.Profiles;

namespace Sluice.Tests.Documentation;

/// <summary>The page of profiles shows one event as each of them spells it.</summary>
public sealed class ProfilePageTests
{
    private static readonly string PageText = new Page("docs/profiles.md").Text;

    public static TheoryData<string> Profiles => [.. ProfileCatalogue.All.Select(profile => profile.Name)];

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_profile_is_shown_as_it_spells(string name)
    {
        var spelled = Telling.Spelled(name, Telling.Stored(Telling.Whole));

        var shown = FirstBlock(name);

        if (ProfileCatalogue.Named(name).IsJson) Assert.Equal(JsonNode.Parse(spelled)!.ToJsonString(), JsonNode.Parse(shown)!.ToJsonString());
        else Assert.Equal(spelled, shown);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_profile_is_named_where_destinations_are_set_up(string name)
    {
        var setting = new SettingsSchema(typeof(StreamSettings)).Members.Single(member => member.Name == "profile");

        Assert.Contains($"`{name}`", setting.Description, StringComparison.Ordinal);
        Assert.Contains($"`{name}`", new Page("docs/api/destinations.md").Text, StringComparison.Ordinal);
    }

    private static string FirstBlock(string section)
    {
        var start = PageText.IndexOf($"\n## {section}\n", StringComparison.Ordinal);
        Assert.True(start > 0, $"docs/profiles.md has no section {section}.");
        var block = PageText.IndexOf("```", start, StringComparison.Ordinal);
        var first = PageText.IndexOf('\n', block) + 1;
        return PageText[first..PageText.IndexOf("\n```", first, StringComparison.Ordinal)];
    }
}
