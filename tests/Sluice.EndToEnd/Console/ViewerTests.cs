using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sluice.EndToEnd.Console;

/// <summary>Another product's page, on another site, shows a customer its own events.</summary>
[Collection(SecondConsoleCollection.Name)]
public sealed class ViewerTests(ConsoleInstance instance)
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web);

    private Uri Site => instance.Customer.Address;

    [Fact]
    public async Task A_customer_sees_its_own_events_and_that_none_was_changed()
    {
        (await instance.Server.Client.PostEventAsync("""{"id":"of-beta","tenant_id":"beta","action":"beta.act","outcome":"success","actor":{"type":"user","id":"usr_beta"}}""")).Expect(200);
        await using var tab = await EmbedAsync(await TokenAsync());
        var viewer = ViewerOf(tab);

        await Expect(Rows(viewer).First).ToBeVisibleAsync();
        await Expect(viewer.GetByText("beta.act")).ToHaveCountAsync(0);
        await viewer.Locator("[data-filter]").FillAsync("outcome EQ \"denied\" AND id PREFIX \"filled-\"");
        await viewer.Locator("[data-filter]").PressAsync("Enter");
        await Expect(Rows(viewer)).ToHaveCountAsync(3);
        await Rows(viewer).First.ClickAsync();
        await viewer.GetByRole(AriaRole.Tab, new() { Name = "Proof" }).ClickAsync();
        await Expect(viewer.GetByRole(AriaRole.Status).Filter(new() { HasText = "is in the ledger of" })).ToBeVisibleAsync();
        await Expect(viewer.GetByText("Sluice’s own")).ToHaveCountAsync(0);
        await viewer.GetByRole(AriaRole.Tab, new() { Name = "Related" }).ClickAsync();
        await viewer.GetByRole(AriaRole.Button, new() { NameRegex = new("Ada Okafor") }).First.ClickAsync();

        await Expect(viewer.Locator("[data-filter]")).ToHaveValueAsync("actor.id EQ \"usr_ada\"");
        Assert.Equal("acme", (await HeardAsync(tab, "ready"))[0].GetProperty("tenant_id").GetString());
    }

    [Fact]
    public async Task It_looks_as_the_page_around_it_wants_and_changes_with_it()
    {
        await using var tab = await EmbedAsync(await TokenAsync(), "theme=\"dark\" accent=\"#ffd43b\" background=\"#1a1033\" font=\"Georgia, serif\" radius=\"12\"");
        var viewer = ViewerOf(tab);

        await Expect(viewer.Locator("html")).ToHaveAttributeAsync("data-mantine-color-scheme", "dark");
        await Expect(viewer.Locator("body")).ToHaveCSSAsync("background-color", "rgb(26, 16, 51)");
        await Expect(viewer.Locator("body")).ToHaveCSSAsync("font-family", new System.Text.RegularExpressions.Regex("^\"?Georgia"));
        await Expect(viewer.Locator(".panel").First).ToHaveCSSAsync("border-top-left-radius", "12px");
        Assert.Equal("#ffd43b", await VariableAsync(viewer, "--mantine-primary-color-filled"));

        await tab.Page.EvaluateAsync("""() => { const viewer = document.querySelector("sluice-viewer"); viewer.setAttribute("theme", "light"); viewer.removeAttribute("background"); viewer.setAttribute("accent", "red; } body { display: none"); }""");

        await Expect(viewer.Locator("html")).ToHaveAttributeAsync("data-mantine-color-scheme", "light");
        await Expect(viewer.Locator("body")).ToHaveCSSAsync("background-color", "rgb(246, 248, 250)");
        await Expect(Rows(viewer).First).ToBeVisibleAsync();
        Assert.Equal("'accent' cannot be used: give a colour such as #7048e8.", (await HeardAsync(tab, "error"))[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_token_that_has_ended_is_replaced_without_a_reload()
    {
        var first = await MakeAsync();
        await using var tab = await EmbedAsync((string)first["token"]!, "theme=\"light\"");
        var viewer = ViewerOf(tab);
        await viewer.Locator("[data-filter]").FillAsync("outcome EQ \"denied\"");
        await viewer.Locator("[data-filter]").PressAsync("Enter");
        await Expect(Rows(viewer).First).ToBeVisibleAsync();

        (await instance.Server.Client.DeleteAsync($"/v1/viewer-tokens/{first["id"]}")).Expect(204);
        await viewer.GetByRole(AriaRole.Button, new() { Name = "Look for new events" }).ClickAsync();

        await Expect(viewer.GetByRole(AriaRole.Heading, new() { Name = "Your access to this audit log has ended" })).ToBeVisibleAsync();
        await Expect(Rows(viewer)).ToHaveCountAsync(0);
        Assert.Equal("ended", (await HeardAsync(tab, "token-needed"))[0].GetProperty("reason").GetString());
        await tab.Page.EvaluateAsync("token => { document.querySelector('sluice-viewer').token = token; }", await TokenAsync());
        await Expect(Rows(viewer).First).ToBeVisibleAsync();
        await Expect(viewer.Locator("[data-filter]")).ToHaveValueAsync("outcome EQ \"denied\"");
    }

    [Fact]
    public async Task The_next_token_is_asked_for_before_this_one_ends()
    {
        await using var tab = await instance.OpenAsync(other: Site);
        await tab.Page.Clock.InstallAsync();
        await EmbedAsync(tab, Site, Snippet(await TokenAsync()));
        await Expect(Rows(ViewerOf(tab)).First).ToBeVisibleAsync();
        Assert.Empty(await HeardAsync(tab, "token-needed"));

        await tab.Page.Clock.FastForwardAsync("14:05");

        await tab.Page.WaitForFunctionAsync("heard.some(one => one.name === 'token-needed')");
        Assert.Equal("ends_soon", (await HeardAsync(tab, "token-needed"))[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_plain_frame_shows_it_too_and_the_token_does_not_stay_in_its_address()
    {
        await using var tab = await instance.OpenAsync(other: Site);
        await EmbedAsync(tab, Site, $"<iframe title=\"Audit log\" src=\"{instance.Server.Address}{((string)(await MakeAsync())["url"]!)[1..]}&theme=dark\" style=\"width:100%;height:640px\"></iframe>");
        var viewer = tab.Page.FrameLocator("iframe");

        await Expect(Rows(viewer).First).ToBeVisibleAsync();
        await Expect(viewer.Locator("html")).ToHaveAttributeAsync("data-mantine-color-scheme", "dark");
        Assert.Equal($"{instance.Server.Address}viewer", FrameOf(tab).Url);
    }

    [Fact]
    public async Task A_site_that_is_not_allowed_shows_which_setting_would_let_it()
    {
        var other = instance.Customer.OtherAddress;
        await using var tab = await instance.OpenAsync(other: other);
        await tab.Page.Clock.InstallAsync();
        await EmbedAsync(tab, other, Snippet(await TokenAsync()));

        await Expect(ViewerOf(tab).GetByText($"Sluice__Viewer__AllowedOrigins={other.GetLeftPart(UriPartial.Authority)}")).ToBeVisibleAsync();
        await tab.Page.Clock.FastForwardAsync("00:10");

        await tab.Page.WaitForFunctionAsync("heard.some(one => one.name === 'error')");
        Assert.Equal("not_loaded", (await HeardAsync(tab, "error"))[0].GetProperty("code").GetString());
        await Expect(Rows(ViewerOf(tab))).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Opened_without_a_token_it_says_where_to_go()
    {
        await using var tab = await instance.OpenAsync();

        await tab.Page.GotoAsync("/viewer");

        await Expect(tab.Heading("Waiting for access to the audit log")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("light", ConsoleInstance.DesktopWidth)]
    [InlineData("dark", ConsoleInstance.DesktopWidth)]
    [InlineData("light", ConsoleInstance.PhoneWidth)]
    public async Task Everybody_can_use_it(string theme, int width)
    {
        await using var tab = await EmbedAsync(await TokenAsync(), $"theme=\"{theme}\" accent=\"#7048e8\"", width);
        var viewer = ViewerOf(tab);
        await Expect(Rows(viewer).First).ToBeVisibleAsync();
        await Expect(viewer.Locator("[aria-busy=true]")).ToHaveCountAsync(0);

        Assert.Equal([], await Axe.FindAsync(FrameOf(tab)));
        Assert.Equal(0, await FrameOf(tab).EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
        await Rows(viewer).First.ClickAsync();
        await Expect(viewer.GetByRole(AriaRole.Tab, new() { Name = "Proof" })).ToBeVisibleAsync();
        Assert.Equal([], await Axe.FindAsync(FrameOf(tab)));
    }

    private async Task<Tab> EmbedAsync(string token, string attributes = "", int width = ConsoleInstance.DesktopWidth)
    {
        var tab = await instance.OpenAsync(width: width, other: Site);
        await EmbedAsync(tab, Site, Snippet(token, attributes));
        return tab;
    }

    private async Task EmbedAsync(Tab tab, Uri site, string body)
    {
        const string start = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Product</title><link rel="icon" href="data:,"><style>body{margin:0}</style><script>const heard = []; for (const name of ["ready", "token-needed", "error"]) document.addEventListener(`sluice-viewer-${name}`, event => heard.push({ name, detail: event.detail }));</script>""";
        await tab.Page.GotoAsync(new Uri(site, instance.Customer.Add(start + body)).ToString());
    }

    private string Snippet(string token, string attributes = "") => $"<script src=\"{instance.Server.Address}viewer.js\"></script><sluice-viewer token=\"{token}\" {attributes} style=\"height:820px\"></sluice-viewer>";

    private async Task<System.Text.Json.Nodes.JsonNode> MakeAsync() => (await instance.Server.Client.PostAsync("/v1/viewer-tokens", """{"tenant_id":"acme"}""")).Expect(201).Json;

    private async Task<string> TokenAsync() => (string)(await MakeAsync())["token"]!;

    private static IFrameLocator ViewerOf(Tab tab) => tab.Page.FrameLocator("sluice-viewer iframe");

    private static IFrame FrameOf(Tab tab) => tab.Page.Frames.Single(frame => frame.ParentFrame is not null);

    private static ILocator Rows(IFrameLocator viewer) => viewer.GetByRole(AriaRole.Group, new() { Name = "Events", Exact = true }).Locator("tbody tr:has(td)");

    private static Task<string> VariableAsync(IFrameLocator viewer, string name) => viewer.Locator("html").EvaluateAsync<string>($"html => getComputedStyle(html).getPropertyValue('{name}')");

    private static async Task<List<JsonElement>> HeardAsync(Tab tab, string name) =>
        JsonSerializer.Deserialize<List<JsonElement>>(await tab.Page.EvaluateAsync<string>($"JSON.stringify(heard.filter(one => one.name === '{name}').map(one => one.detail))"), Reading)!;
}
