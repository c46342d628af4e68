using Microsoft.Playwright;
using Sluice.EndToEnd.Running;
using static Microsoft.Playwright.Assertions;

namespace Sluice.EndToEnd.Console;

[Collection(ConsoleCollection.Name)]
public sealed class SignInTests(ConsoleInstance instance)
{
    [Fact]
    public async Task A_link_leads_where_it_says_once_one_has_signed_in()
    {
        await using var tab = await instance.OpenAsync();
        await tab.Page.GotoAsync("/integrity");

        await tab.Page.GetByLabel("Access key").FillAsync(SluiceProcess.AdminKey);
        await tab.Page.Keyboard.PressAsync("Enter");

        await Expect(tab.Heading("Integrity")).ToBeVisibleAsync();
        Assert.Equal("/integrity", new Uri(tab.Page.Url).AbsolutePath);
    }

    [Fact]
    public async Task A_wrong_key_is_told_what_to_do_and_can_be_typed_again()
    {
        await using var tab = await instance.OpenAsync();
        await tab.Page.GotoAsync("/");

        await tab.Page.GetByLabel("Access key").FillAsync("slc_live_wrong");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This access key is not known here.");
        await tab.Page.GetByLabel("Access key").FillAsync(SluiceProcess.AdminKey);
        await tab.Page.Keyboard.PressAsync("Enter");

        await Expect(tab.Heading("Overview")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_shows_the_sign_in()
    {
        await using var tab = await instance.OpenSignedInAsync("/");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "SLUICE_ADMIN_KEY" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await Expect(tab.Heading("Sign in to Sluice")).ToBeVisibleAsync();
        await tab.Page.ReloadAsync();

        await Expect(tab.Heading("Sign in to Sluice")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_revoked_key_leads_back_to_the_sign_in_by_itself()
    {
        var key = (await instance.Server.Client.PostAsync("/v1/access/keys", """{"name":"short-lived","role":"admin"}""")).Expect(201).Json;
        await using var tab = await instance.OpenSignedInAsync("/nodes", key: (string)key["key"]!);
        await Expect(tab.Heading("Nodes")).ToBeVisibleAsync();

        (await instance.Server.Client.DeleteAsync($"/v1/access/keys/{key["id"]}")).Expect(204);

        await Expect(tab.Heading("Sign in to Sluice")).ToBeVisibleAsync(new() { Timeout = 15_000 });
    }

    [Theory]
    [InlineData("operator", "Overview|Destinations|Event catalogue|Nodes|Settings")]
    [InlineData("reader", "Overview|Events|Integrity|Event catalogue|Settings")]
    [InlineData("auditor", "Overview|Events|Destinations|Integrity|Event catalogue|Access|Nodes|Settings")]
    public async Task A_role_is_offered_the_pages_that_it_has_a_use_for(string role, string pages)
    {
        await using var tab = await instance.OpenSignedInAsync("/", key: await instance.KeyAsync(role));
        await Expect(tab.Heading("Overview")).ToBeVisibleAsync();

        Assert.Equal(pages.Split('|'), await tab.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" }).GetByRole(AriaRole.Link).AllInnerTextsAsync());
        await Expect(tab.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }
}
