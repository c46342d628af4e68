using System.Reflection;
using System.Text;
using Sluice.Events;
using Sluice.SelfAudit;
using Sluice.Tests.Server;

namespace Sluice.Tests.Documentation;

/// <summary>
/// The catalogue of event types has all that Sluice raises, and <c>docs/events-catalogue.md</c> is made of it: <c>SLUICE_APPROVE=1</c> writes the page anew.
/// </summary>
public sealed class EventsCataloguePageTests
{
    private static readonly string[] Actions = [.. typeof(OwnActions).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

    [Fact]
    public void Every_action_that_Sluice_raises_is_in_the_catalogue_and_nothing_else_is_its_own() =>
        Assert.Equal(Actions.Order(StringComparer.Ordinal), EventTypeCatalogue.Own.Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void An_action_that_is_not_in_the_catalogue_cannot_be_raised()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => new OwnEvent("sluice.made.up", 0) { Resource = new OwnResource("x", "y") });

        Assert.Contains("sluice.made.up", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_event_type_has_labels_in_both_languages_and_a_category() => Assert.All(
        EventTypeCatalogue.All, type => Assert.True(type.English.Length > 0 && type.German.Length > 0 && type.Category.Length > 0, type.Name));

    [Fact]
    public void The_page_is_the_catalogue()
    {
        var file = Path.Combine(Page.Root(), "docs/events-catalogue.md");
        if (Environment.GetEnvironmentVariable("SLUICE_APPROVE") == "1") File.WriteAllText(file, Text());

        Assert.Equal(Text(), File.ReadAllText(file));
    }

    [Fact]
    public async Task The_catalogue_is_served()
    {
        await using var server = await RunningServer.StartAsync();

        var served = (await server.CallAsync("GET", "/v1/audit/event-types")).Json.GetProperty("event_types");

        Assert.Equal(EventTypeCatalogue.All.Select(type => type.Name), served.EnumerateArray().Select(type => type.GetProperty("name").GetString()!));
        Assert.Equal("Zugriffsschlüssel abgelaufen", served.EnumerateArray().Single(type => type.GetProperty("name").GetString() == OwnActions.KeyExpired).GetProperty("labels").GetProperty("de").GetString());
    }

    private static string Text()
    {
        var page = new StringBuilder("""
            # Event types

            `GET /v1/audit/event-types` serves this list, with labels in English and German, to any key. It is made from the source: a test fails when Sluice raises an event that is not here. Senders may use any other `action` too; its category is `uncatalogued` unless they give one.

            ## Raised by Sluice

            In [Sluice's own ledger](self-audit.md), tenant `_sluice`.

            | action | category | raised when |
            |---|---|---|

            """);
        foreach (var type in EventTypeCatalogue.Own) page.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{type.Name}` | `{type.Category}` | {type.Description} |\n");
        page.Append("\n## Used by senders\n\nThese get their category by themselves.\n\n| category | actions |\n|---|---|\n");
        foreach (var (category, actions) in ActionCatalogue.ByCategory) page.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{category}` | {string.Join(", ", actions.Select(action => $"`{action}`"))} |\n");
        return page.ToString();
    }
}
