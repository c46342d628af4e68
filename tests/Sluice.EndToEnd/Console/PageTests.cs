using Microsoft.Playwright;
using Sluice.EndToEnd.Running;
using static Microsoft.Playwright.Assertions;

namespace Sluice.EndToEnd.Console;

/// <summary>What goes for every page: everybody can use it, in both themes, on a phone too, nothing moves while it loads, and it asks nobody but its server.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class PageTests(ConsoleInstance instance)
{
    /// <summary>Every page, by its title.</summary>
    private static readonly (string Path, string Title)[] Pages =
    [
        ("/", "Overview"), ("/events", "Events"), ("/events/filled-0", "Event"),
        ("/destinations", "Destinations"), ("/destinations/new", "Add destination"), ("/destinations/new?provider=google_cloud_logging", "Add destination: Google Cloud Logging"),
        ("/integrity", "Integrity"), ("/catalogue", "Event catalogue"), ("/access", "Access"), ("/access?tab=accounts", "Access"), ("/access?tab=tenants", "Access"), ("/access?tab=roles", "Access"),
        ("/nodes", "Nodes"), ("/settings", "Settings"),
    ];

    /// <summary>Both themes and both widths; all four together take long.</summary>
    public static TheoryData<ColorScheme, int> Looks
    {
        get
        {
            var looks = new TheoryData<ColorScheme, int> { { ColorScheme.Light, ConsoleInstance.DesktopWidth }, { ColorScheme.Dark, ConsoleInstance.PhoneWidth } };
            if (!LongRun.IsAsked) return looks;
            looks.Add(ColorScheme.Light, ConsoleInstance.PhoneWidth);
            looks.Add(ColorScheme.Dark, ConsoleInstance.DesktopWidth);
            return looks;
        }
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Every_page_can_be_used_by_everybody(ColorScheme scheme, int width)
    {
        await using var tab = await instance.OpenSignedInAsync("/", scheme, width);
        var (broken, shifts) = (await instance.DestinationAsync("Broken SIEM"), new List<string>());
        foreach (var (path, title) in Pages.Concat([($"/destinations/{broken}", "Broken SIEM"), ($"/destinations/{broken}/edit", "Edit Broken SIEM")]))
        {
            await tab.Page.GotoAsync(path);
            await SettledAsync(tab, title);
            shifts.AddRange(await tab.ShiftsAsync());
            Assert.Equal([], await Axe.FindAsync(tab.Page));
            Assert.Equal(0, await tab.WidthBeyondAsync());
        }

        Assert.True(shifts.Count == 0, string.Join('\n', shifts));
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task The_sign_in_can_be_used_by_everybody(ColorScheme scheme, int width)
    {
        await using var tab = await instance.OpenAsync(scheme, width);
        await tab.Page.GotoAsync("/integrity");
        await SettledAsync(tab, "Sign in to Sluice");

        Assert.Equal([], await Axe.FindAsync(tab.Page));
        Assert.Equal(0, await tab.WidthBeyondAsync());
    }

    [Fact]
    public async Task On_a_phone_the_navigation_is_behind_a_button()
    {
        await using var tab = await instance.OpenSignedInAsync("/", width: ConsoleInstance.PhoneWidth);

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Navigation" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Nodes" }).ClickAsync();

        await Expect(tab.Heading("Nodes")).ToBeVisibleAsync();
    }

    /// <summary>All that it loads is there.</summary>
    private static async Task SettledAsync(Tab tab, string title)
    {
        await Expect(tab.Heading(title)).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
    }
}
