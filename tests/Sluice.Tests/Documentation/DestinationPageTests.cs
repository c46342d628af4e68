using Sluice.Delivery.Definitions;
using Sluice.Destinations;
using Sluice.Destinations.Http;

namespace Sluice.Tests.Documentation;

/// <summary>Every kind has a page that names every member which its users can set.</summary>
public sealed class DestinationPageTests
{
    public static TheoryData<string> Kinds => [.. DestinationCatalogue.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_has_a_page_with_its_members(string name)
    {
        var page = new Page($"docs/destinations/{name}.md").Text;
        var kind = DestinationCatalogue.All.Single(kind => kind.Name == name);

        Assert.All(kind.Schema.Members, member => Assert.Contains($"`{member.Name}`", page, StringComparison.Ordinal));
        Assert.Contains($"../destinations/{name}.md", new Page("docs/api/destinations.md").Text, StringComparison.Ordinal);
        Assert.All(["## Settings", "## Limits", "## Duplicates"], heading => Assert.True(page.Contains(heading, StringComparison.Ordinal) || kind.Schema.Members.Count == 0, $"{name} has no {heading}"));
    }

    [Fact]
    public void What_every_destination_has_is_on_the_common_page()
    {
        var page = new Page("docs/api/destinations.md").Text;

        Assert.All(new SettingsSchema(typeof(StreamSettings)).Members, member => Assert.Contains($"`{member.Name}`", page, StringComparison.Ordinal));
        Assert.All(typeof(HttpSettings).GetProperties(), member => Assert.Contains($"`{System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name)}`", page, StringComparison.Ordinal));
    }
}
