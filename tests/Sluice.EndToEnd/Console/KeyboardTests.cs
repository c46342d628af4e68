using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sluice.EndToEnd.Console;

/// <summary>Without a mouse.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class KeyboardTests(ConsoleInstance instance)
{
    [Fact]
    public async Task Pages_help_and_colours_have_keys()
    {
        await using var tab = await instance.OpenSignedInAsync("/");
        await Expect(tab.Heading("Overview")).ToBeVisibleAsync();

        await tab.Page.Keyboard.TypeAsync("gi");
        await Expect(tab.Heading("Integrity")).ToBeVisibleAsync();
        await tab.Page.Keyboard.TypeAsync("?");
        var help = tab.Page.GetByRole(AriaRole.Dialog, new() { Name = "Shortcuts" });
        await Expect(help).ToContainTextAsync("Go to Nodes");
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(help).ToBeHiddenAsync();
        await tab.Page.Keyboard.TypeAsync("t");
        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-mantine-color-scheme", "dark");
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-mantine-color-scheme", "dark");
    }

    [Fact]
    public async Task The_first_stop_leads_past_the_navigation()
    {
        await using var tab = await instance.OpenSignedInAsync("/");
        await Expect(tab.Heading("Overview")).ToBeVisibleAsync();

        await tab.Page.Keyboard.PressAsync("Tab");
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the page" })).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Enter");

        await Expect(tab.Page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Rows_are_gone_through_and_chosen()
    {
        await using var tab = await instance.OpenSignedInAsync("/integrity");
        var rows = tab.Part("Checkpoints").GetByRole(AriaRole.Row);
        await Expect(rows.Nth(2)).ToBeVisibleAsync();

        await tab.Page.Keyboard.TypeAsync("jjk");
        await Expect(rows.Nth(1)).ToHaveAttributeAsync("aria-current", "true");
        await tab.Page.Keyboard.TypeAsync("j");
        await tab.Page.Keyboard.PressAsync("Enter");

        await Expect(rows.Nth(2).GetByRole(AriaRole.Checkbox)).ToBeCheckedAsync();
    }
}
