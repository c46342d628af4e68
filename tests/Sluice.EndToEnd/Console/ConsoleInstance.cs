using Microsoft.Playwright;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Console;

/// <summary>A server with some events and destinations, and one browser that looks at it: shared by all tests of the console.</summary>
public sealed class ConsoleInstance : IAsyncLifetime
{
    public const int PhoneWidth = 390, DesktopWidth = 1280;

    private readonly DataFolder _folder = new();
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    internal SluiceProcess Server { get; private set; } = null!;

    /// <summary>Another product, whose pages may show the viewer.</summary>
    internal CustomerSite Customer { get; } = new();

    /// <summary>The server's data folder.</summary>
    internal string Folder => _folder.Path;

    public async ValueTask InitializeAsync()
    {
        Server = await SluiceProcess.StartAsync(_folder.Path, null, $"--Sluice:Viewer:AllowedOrigins={Customer.Address.GetLeftPart(UriPartial.Authority)}");
        Assertions.SetDefaultExpectTimeout(15_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await Browser.LaunchAsync(_playwright);
        await FillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await Server.DisposeAsync();
        await Customer.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A browser of its own.</summary>
    /// <param name="other">A second site that it may ask.</param>
    internal async Task<Tab> OpenAsync(ColorScheme scheme = ColorScheme.Light, int width = DesktopWidth, string zone = "Europe/Berlin", Uri? other = null)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = Server.Address.ToString(), ColorScheme = scheme, TimezoneId = zone, Permissions = ["clipboard-read", "clipboard-write"],
            ViewportSize = new() { Width = width, Height = width == PhoneWidth ? 844 : 900 },
        });
        context.SetDefaultTimeout(10_000);
        return new Tab(context, await context.NewPageAsync(), Server.Address, other);
    }

    /// <summary>The same, signed in.</summary>
    /// <param name="key">Default the instance's admin's.</param>
    internal async Task<Tab> OpenSignedInAsync(string path, ColorScheme scheme = ColorScheme.Light, int width = DesktopWidth, string key = SluiceProcess.AdminKey, string zone = "Europe/Berlin")
    {
        var tab = await OpenAsync(scheme, width, zone);
        await tab.SignInAsync(key);
        await tab.Page.GotoAsync(path);
        return tab;
    }

    internal async Task<string> KeyAsync(string role, string? tenant = null) =>
        (string)(await Server.Client.PostAsync("/v1/access/keys", System.Text.Json.JsonSerializer.Serialize(new { name = $"a {role}", role, tenant_id = tenant }))).Expect(201).Json["key"]!;

    /// <summary>The id of the destination of that name.</summary>
    internal async Task<string> DestinationAsync(string name) =>
        (string)(await Server.Client.GetAsync("/v1/audit/siem")).Expect(200).Json["destinations"]!.AsArray().Single(one => (string)one!["name"]! == name)!["id"]!;

    internal async Task SendAsync(string id, string outcome = "success", string action = "document.read") => (await Server.Client.PostEventAsync(
        $$"""{"id":"{{id}}","tenant_id":"acme","action":"{{action}}","outcome":"{{outcome}}","actor":{"type":"user","id":"usr_ada","name":"Ada Okafor"},"source_ip":"203.0.113.42"}""")).Expect(200);

    private async Task FillAsync()
    {
        await SendAsync("first");
        (await Server.Client.GetAsync("/v1/audit/events/first/proof")).Expect(200);   // waits for its checkpoint
        for (var i = 0; i < 12; i++) await SendAsync($"filled-{i}", i % 4 == 0 ? "denied" : "success", i % 2 == 0 ? "user.login" : "document.read");
        (await Server.Client.PostAsync("/v1/audit/siem", """{"name":"Broken SIEM","provider":"webhook","endpoint":"http://127.0.0.1:9/","secret":"a secret to keep","start_from":"beginning"}""")).Expect(201);
        (await Server.Client.PostAsync("/v1/audit/siem", """{"name":"Paused SIEM","provider":"webhook","endpoint":"http://127.0.0.1:9/","secret":"a secret to keep","enabled":false}""")).Expect(201);
    }
}

/// <summary>Classes that share a server, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ConsoleCollection : ICollectionFixture<ConsoleInstance>
{
    public const string Name = "console";
}

/// <summary>The same on another server, beside it.</summary>
[CollectionDefinition(Name)]
public sealed class SecondConsoleCollection : ICollectionFixture<ConsoleInstance>
{
    public const string Name = "console, second server";
}
