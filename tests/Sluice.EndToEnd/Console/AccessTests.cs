using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Sluice.EndToEnd.Running;
using static Microsoft.Playwright.Assertions;

namespace Sluice.EndToEnd.Console;

/// <summary>Giving access and taking it away.</summary>
[Collection(SecondConsoleCollection.Name)]
public sealed class AccessTests(ConsoleInstance instance)
{
    [Fact]
    public async Task A_key_is_made_seen_once_and_works()
    {
        await using var tab = await instance.OpenSignedInAsync("/access");

        await tab.Button("New key").ClickAsync();
        await tab.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("acme dashboard");
        await tab.Page.GetByRole(AriaRole.Radio, new() { Name = "reader" }).CheckAsync();
        await tab.Page.GetByText("One tenant").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Combobox, new() { Name = "Tenant", Exact = true }).FillAsync("acme");
        await tab.Page.GetByLabel("Only from these networks").FillAsync("127.0.0.0/8\n::1");
        await tab.Button("Make the key").ClickAsync();
        var key = await tab.Page.GetByLabel("The key", new() { Exact = true }).InnerTextAsync();
        await Expect(tab.Page.GetByLabel("the call", new() { Exact = true })).ToContainTextAsync($"curl -sS -H 'X-API-Key: {key}' '{instance.Server.Address}v1/audit/events?page_size=1'");
        await tab.Button("Done").ClickAsync();
        await Expect(tab.Page.GetByText("You have not copied it")).ToBeVisibleAsync();
        await tab.Button("Copy the key").ClickAsync();
        await tab.Button("Done").ClickAsync();

        Assert.Equal(key, await tab.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        using var holder = instance.Server.Client.With(key);
        Assert.All((await holder.GetAsync("/v1/audit/events")).Expect(200).Json["events"]!.AsArray(), shown => Assert.Equal("acme", (string)shown!["tenant_id"]!));
        Assert.Equal("forbidden_tenant", (await holder.GetAsync("/v1/audit/events?tenant_id=other")).Expect(403).Code);
        await Expect(Row(tab, "acme dashboard")).ToContainTextAsync("activereaderacme");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "acme dashboard" }).ClickAsync();
        await Expect(Drawer(tab, "acme dashboard")).ToContainTextAsync("127.0.0.0/8");
        await IsNowhereAsync(tab, key);
        await tab.Page.ReloadAsync();
        await Expect(Drawer(tab, "acme dashboard")).ToBeVisibleAsync();
        await IsNowhereAsync(tab, key);
    }

    [Fact]
    public async Task A_key_is_rotated_with_an_overlap_and_revoked_without_a_mouse()
    {
        var old = await MakeAsync(new() { ["name"] = "nightly report", ["role"] = "reader" });
        await using var tab = await instance.OpenSignedInAsync("/");
        await Expect(tab.Heading("Overview")).ToBeVisibleAsync();

        await tab.Page.Keyboard.TypeAsync("ga");
        await Expect(Row(tab, "nightly report")).ToBeVisibleAsync();
        await OpenByKeyboardAsync(tab, "nightly report");
        await PressAsync(tab, "Rotate");
        await Expect(tab.Page.GetByLabel("The old key works on for")).ToBeFocusedAsync();
        await tab.Page.Keyboard.TypeAsync("1");
        await PressAsync(tab, "Make the new key");
        await Expect(tab.Button("Copy the key")).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Button("Copied")).ToBeVisibleAsync();
        var follower = await tab.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        await tab.Page.Keyboard.PressAsync("Escape");

        using var before = Holder((string)old["key"]!);
        using var after = Holder(follower);
        foreach (var one in new[] { before, after }) (await one.GetAsync("/v1/audit/events")).Expect(200);
        await Expect(Row(tab, "nightly report").Filter(new() { HasText = "rotating" })).ToContainTextAsync("in 59 min");
        await Expect(tab.Page.GetByRole(AriaRole.Group, new() { Name = "Access keys" })).ToBeFocusedAsync();

        await OpenByKeyboardAsync(tab, "nightly rotating");
        await PressAsync(tab, "Revoke");
        await Expect(tab.Page.GetByRole(AriaRole.Dialog, new() { Name = "Revoke nightly report?" })).ToContainTextAsync("What reads, follows or exports events with it gets nothing more.");
        await PressAsync(tab, "Revoke it");
        await Expect(Row(tab, "nightly report").Filter(new() { HasText = "rotating" })).ToHaveCountAsync(0);

        (await before.GetAsync("/v1/audit/events")).Expect(401);
        (await after.GetAsync("/v1/audit/events")).Expect(200);
    }

    [Fact]
    public async Task A_machine_account_has_two_keys_which_follow_it()
    {
        await using var tab = await instance.OpenSignedInAsync("/access?tab=accounts");

        await tab.Button("Make one").Or(tab.Button("New machine account")).First.ClickAsync();
        await tab.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("splunk");
        await tab.Page.GetByRole(AriaRole.Radio, new() { Name = "reader" }).CheckAsync();
        await tab.Button("Make the account").ClickAsync();
        await Expect(Drawer(tab, "splunk")).ToContainTextAsync("It has no key yet");
        using var first = Holder(await NewKeyAsync(tab, "indexer 1"));
        using var second = Holder(await NewKeyAsync(tab, "indexer 2"));
        foreach (var one in new[] { first, second }) (await one.GetAsync("/v1/audit/events")).Expect(200);

        await Drawer(tab, "splunk").GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await tab.Page.GetByLabel("Only from these networks").FillAsync("203.0.113.0/24");
        await tab.Button("Save").ClickAsync();
        await Expect(Drawer(tab, "splunk")).ToContainTextAsync("203.0.113.0/24");
        foreach (var one in new[] { first, second }) Assert.Equal("forbidden_address", (await one.GetAsync("/v1/audit/events")).Expect(403).Code);

        await Drawer(tab, "splunk").GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Dialog, new() { Name = "Delete splunk?" })).ToContainTextAsync("Its 2 keys are refused");
        await tab.Button("Delete it").ClickAsync();
        await Expect(Drawer(tab, "splunk")).ToBeHiddenAsync();
        foreach (var one in new[] { first, second }) (await one.GetAsync("/v1/audit/events")).Expect(401);
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_the_field_and_nothing_is_made()
    {
        await using var tab = await instance.OpenSignedInAsync("/access");
        var before = await CountAsync();

        await tab.Button("New key").ClickAsync();
        var networks = tab.Page.GetByLabel("Only from these networks");
        await networks.FillAsync("10.0.0.0/8\n10.1.2.3/16");
        await tab.Page.Keyboard.PressAsync("Tab");
        await Expect(networks).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(tab.Page.GetByText("“10.1.2.3/16” names one address inside a block. The block is 10.1.0.0/16, the address alone 10.1.2.3.")).ToBeVisibleAsync();
        await tab.Button("Make the key").ClickAsync();

        await Expect(tab.Page.GetByLabel("Name", new() { Exact = true })).ToBeFocusedAsync();
        await Expect(tab.Page.GetByText("Choose a role.")).ToBeVisibleAsync();
        Assert.Equal(before, await CountAsync());
    }

    private static ILocator Row(Tab tab, string text) => tab.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = text });

    private static ILocator Drawer(Tab tab, string title) => tab.Page.GetByRole(AriaRole.Dialog, new() { Name = title, Exact = true });

    /// <summary>Searches for it, and opens the first row.</summary>
    private static async Task OpenByKeyboardAsync(Tab tab, string text)
    {
        await tab.Page.Keyboard.PressAsync("/");
        await tab.Page.Keyboard.PressAsync("Control+a");
        await tab.Page.Keyboard.TypeAsync(text);
        await Expect(tab.Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await tab.Page.Keyboard.PressAsync("Tab");
        await tab.Page.Keyboard.TypeAsync("j");
        await tab.Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Goes to the button by Tab, and presses it.</summary>
    private static async Task PressAsync(Tab tab, string button)
    {
        await Expect(tab.Button(button)).ToBeVisibleAsync();
        for (var stops = 0; stops < 12 && !await tab.Button(button).EvaluateAsync<bool>("its => its === document.activeElement"); stops++) await tab.Page.Keyboard.PressAsync("Tab");
        await Expect(tab.Button(button)).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
    }

    private static async Task<string> NewKeyAsync(Tab tab, string name)
    {
        await Drawer(tab, "splunk").GetByRole(AriaRole.Button, new() { Name = "New key" }).ClickAsync();
        await tab.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await tab.Button("Make the key").ClickAsync();
        var key = await tab.Page.GetByLabel("The key", new() { Exact = true }).InnerTextAsync();
        await tab.Button("Copy the key").ClickAsync();
        await tab.Button("Done").ClickAsync();
        await Expect(Drawer(tab, "splunk").GetByRole(AriaRole.Link, new() { Name = name })).ToBeVisibleAsync();
        return key;
    }

    private static async Task IsNowhereAsync(Tab tab, string key)
    {
        var kept = await tab.Page.EvaluateAsync<string>("document.documentElement.outerHTML + location.href + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)");
        Assert.DoesNotContain(key, kept, StringComparison.Ordinal);
    }

    private async Task<JsonNode> MakeAsync(JsonObject body) => (await instance.Server.Client.PostAsync("/v1/access/keys", body.ToJsonString())).Expect(201).Json;

    private SluiceClient Holder(string key) => instance.Server.Client.With(key);

    private async Task<int> CountAsync() => (await instance.Server.Client.GetAsync("/v1/access/keys")).Expect(200).Json["keys"]!.AsArray().Count;
}
