using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Sluice.Emulators;
using Sluice.EndToEnd.Documentation;
using Sluice.EndToEnd.Running;
using static Microsoft.Playwright.Assertions;

namespace Sluice.EndToEnd.Console;

/// <summary>Takes the pictures of <c>docs/images</c> anew, when <c>SLUICE_SCREENSHOTS=1</c> asks for it: a day in the life of a small company, as the console shows it.</summary>
public sealed class ScreenshotTests : IAsyncLifetime
{
    private const int Width = 1280, Height = 800, MostBytes = 200_000;

    private static readonly bool IsWanted = Environment.GetEnvironmentVariable("SLUICE_SCREENSHOTS") == "1";

    private readonly DataFolder _folder = new();
    private SluiceProcess? _server;
    private Receiver? _takes, _refuses;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (!IsWanted) return;
        _server = await SluiceProcess.StartAsync(_folder.Path, null, "--Sluice:Ledger:Origin=audit.example.com/main", "--Sluice:Node:Name=audit-1");
        (_takes, _refuses) = (await Receiver.StartAsync(), await Receiver.StartAsync());
        _refuses.Answer = _ => new Reply(403);
        _playwright = await Playwright.CreateAsync();
        _browser = await Browser.LaunchAsync(_playwright);
        await FillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        if (_takes is not null) await _takes.DisposeAsync();
        if (_refuses is not null) await _refuses.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task They_show_what_the_console_is_for(ColorScheme scheme)
    {
        Assert.SkipUnless(IsWanted, "SLUICE_SCREENSHOTS=1 takes them.");
        var suffix = scheme == ColorScheme.Dark ? "-dark" : "";
        await using var context = await _browser!.NewContextAsync(new() { BaseURL = _server!.Address.ToString(), ColorScheme = scheme, TimezoneId = "Europe/Berlin", ViewportSize = new() { Width = Width, Height = Height } });
        Assert.Equal(201, (await context.APIRequest.PostAsync("/v1/session", new() { DataObject = new { key = SluiceProcess.AdminKey } })).Status);
        var page = await context.NewPageAsync();

        await page.GotoAsync("/");
        await page.GetByText("24h", new() { Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Destinations" })).ToContainTextAsync("degraded");
        await TakeAsync(page, $"overview{suffix}");

        await page.GotoAsync("/events?filter=" + Uri.EscapeDataString("actor.id EQ \"usr_lena\""));
        await page.GetByRole(AriaRole.Group, new() { Name = "Events", Exact = true }).Locator("tbody tr:has(td)").Nth(2).ClickAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Proof" }).ClickAsync();
        await Expect(page.GetByText("is in the ledger of")).ToBeVisibleAsync();
        await TakeAsync(page, $"event-proof{suffix}");

        await page.GotoAsync("/destinations");
        await page.GetByRole(AriaRole.Link, new() { Name = "SOC webhook" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "How it is" })).ToContainTextAsync("It does not accept the credentials.");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Attempts" }).Locator("tbody tr:has(td)").Nth(3)).ToBeVisibleAsync();
        await TakeAsync(page, $"destination-trouble{suffix}");
    }

    private static async Task TakeAsync(IPage page, string name)
    {
        await Expect(page.Locator("[aria-busy=true], .mantine-Skeleton-root")).ToHaveCountAsync(0);
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "docs", "images")).FullName;
        var picture = await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
        Assert.True(picture.Length < MostBytes, $"{name}.png has {picture.Length} bytes.");
    }

    private async Task FillAsync()
    {
        var client = _server!.Client;
        (await client.PostLinesAsync(Encoding.UTF8.GetBytes(CompanyDay.Lines(TimeProvider.System.GetUtcNow())))).Expect(200);
        foreach (var (name, receiver) in new[] { ("Splunk, security team", _takes!), ("Archive", _takes!), ("SOC webhook", _refuses!) })
            (await client.PostAsync("/v1/audit/siem", new JsonObject { ["provider"] = "webhook", ["name"] = name, ["endpoint"] = receiver.Address.ToString(), ["secret"] = "a secret", ["start_from"] = "beginning" }.ToJsonString())).Expect(201);
        (await client.PostAsync("/v1/audit/log/self-check", "")).Expect(202);
    }
}
