using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sluice.EndToEnd.Console;

/// <summary>Tenants, what each of them sees of access, and whether everybody can use what opens.</summary>
[Collection(SecondConsoleCollection.Name)]
public sealed class AccessTenantTests(ConsoleInstance instance)
{
    [Fact]
    public async Task A_tenant_is_made_below_another_one_and_may_have_no_destinations()
    {
        await using var tab = await instance.OpenSignedInAsync("/access?tab=tenants");

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "acme", Exact = true }).ClickAsync();
        await tab.Button("Add a child").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Combobox, new() { Name = "Belongs to (optional)" })).ToHaveValueAsync("acme");
        await tab.Page.GetByLabel("Id", new() { Exact = true }).FillAsync("acme/web");
        await tab.Page.GetByLabel("Test tenant").CheckAsync();
        await tab.Button("Make the tenant").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Dialog, new() { Name = "acme/web", Exact = true })).ToContainTextAsync("test: its keys begin with slc_test_");
        var admin = await instance.KeyAsync("admin", "acme/web");
        Assert.StartsWith("slc_test_", admin, StringComparison.Ordinal);

        await tab.Button("Edit").ClickAsync();
        await tab.Page.GetByLabel("Streaming").UncheckAsync();
        await tab.Button("Save").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Dialog, new() { Name = "acme/web", Exact = true })).ToContainTextAsync("off: new destinations are refused");

        using var its = instance.Server.Client.With(admin);
        var refused = (await its.PostAsync("/v1/audit/siem", """{"name":"its own","provider":"webhook","endpoint":"http://127.0.0.1:9/","secret":"a secret to keep"}""")).Expect(403);
        Assert.Equal("forbidden_entitlement", refused.Code);
        Assert.Contains("Tenant acme/web is not entitled to streaming.", (string)refused.Json["detail"]!, StringComparison.Ordinal);

        await tab.Button("Close").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "acme/web" })).ToContainTextAsync("└acme/webtestoffon");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "acme/web" }).ClickAsync();
        await tab.Button("Reset").ClickAsync();
        await Expect(tab.Page.GetByText("its 1 test key is refused from then on")).ToBeVisibleAsync();
        await tab.Button("Reset it").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "acme/web" })).ToContainTextAsync("defaults");
        Assert.Equal("forbidden_tenant", (await its.GetAsync("/v1/audit/siem")).Expect(403).Code);
    }

    [Fact]
    public async Task A_tenants_admin_sees_and_gives_access_to_its_own_tenant_only()
    {
        await instance.KeyAsync("writer", "walled");
        await instance.KeyAsync("operator", "elsewhere");
        await using var tab = await instance.OpenSignedInAsync("/access?tab=tenants", key: await instance.KeyAsync("admin", "walled"));

        await tab.Page.GetByRole(AriaRole.Tab, new() { Name = "Keys 2" }).ClickAsync();
        Assert.Equal(["a admin", "a writer"], (await tab.Page.GetByRole(AriaRole.Group, new() { Name = "Access keys" }).GetByRole(AriaRole.Link).AllInnerTextsAsync()).Order());
        await Expect(tab.Page.GetByRole(AriaRole.Tab, new() { Name = "Tenants" })).ToHaveCountAsync(0);
        await tab.Button("New key").ClickAsync();
        await Expect(tab.Page.GetByText("walled, your tenant")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("The whole instance")).ToHaveCountAsync(0);
        await tab.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("walled reader");
        await tab.Page.GetByRole(AriaRole.Radio, new() { Name = "reader" }).CheckAsync();
        await tab.Button("Make the key").ClickAsync();
        await tab.Button("Copy the key").ClickAsync();

        var made = (await instance.Server.Client.GetAsync("/v1/access/keys")).Expect(200).Json["keys"]!.AsArray().Single(one => (string)one!["name"]! == "walled reader")!;
        Assert.Equal("walled", (string)made["tenant_id"]!);
    }

    [Fact]
    public async Task Who_may_only_look_is_told_so_and_sees_what_roles_may()
    {
        await using var tab = await instance.OpenSignedInAsync("/access", key: await instance.KeyAsync("auditor"));

        await Expect(tab.Page.GetByText("You see this as auditor. To change it takes a key of role admin.")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "a auditor" }).First.ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Sees and exports everything, changes nothing.");
        foreach (var name in new[] { "New key", "Rotate", "Revoke" }) await Expect(tab.Button(name)).ToHaveCountAsync(0);
        await tab.Button("Close").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Tab, new() { Name = "Roles" }).ClickAsync();

        var cells = tab.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Make, rotate and revoke keys" }).GetByRole(AriaRole.Cell);
        Assert.Equal(["no", "no", "no", "no", "yes"], (await cells.AllTextContentsAsync()));
    }

    [Theory]
    [InlineData(ColorScheme.Light, ConsoleInstance.DesktopWidth)]
    [InlineData(ColorScheme.Dark, ConsoleInstance.PhoneWidth)]
    public async Task What_opens_can_be_used_by_everybody(ColorScheme scheme, int width)
    {
        await instance.KeyAsync("writer", "looked-at");
        await using var tab = await instance.OpenSignedInAsync("/access?find=looked-at", scheme, width);

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "a writer" }).Last.ClickAsync();
        await JudgeAsync(tab, "Rotate");
        await tab.Button("Rotate").ClickAsync();
        await JudgeAsync(tab, "Make the new key");
        await tab.Button("Make the new key").ClickAsync();
        await tab.Button("Done").ClickAsync();
        await JudgeAsync(tab, "Close without it");
        await tab.Button("Close without it").ClickAsync();
        await tab.Button("New key").ClickAsync();
        await tab.Page.GetByLabel("Only from these networks").FillAsync("nowhere");
        await tab.Button("Make the key").ClickAsync();
        await JudgeAsync(tab, "Make the key");
        await tab.Page.GotoAsync("/access?tab=tenants&open=looked-at");
        await JudgeAsync(tab, "Add a child");
    }

    /// <param name="button">Is there once it has opened.</param>
    private static async Task JudgeAsync(Tab tab, string button)
    {
        await Expect(tab.Button(button)).ToBeVisibleAsync();
        await tab.Page.EvaluateAsync("Promise.all(document.getAnimations().map(one => one.finished))");
        Assert.Equal([], await Axe.FindAsync(tab.Page));
        Assert.Equal(0, await tab.WidthBeyondAsync());
    }
}
