using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sluice.Emulators;
using static Microsoft.Playwright.Assertions;

namespace Sluice.EndToEnd.Console;

/// <summary>What the console is for, done by somebody who has never seen it: by what can be read on the page, from the first page on.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class TaskTests(ConsoleInstance instance)
{
    private const string Auckland = "Pacific/Auckland";

    /// <summary>Two weeks of three persons, the days counted back from the middle of today in Auckland.</summary>
    private static readonly (string Id, string Name, double[] DaysAgo, string Action, string Address)[] History =
    [
        ("usr_mere", "Mere Parata", [13, 12.1, 5.01, 5.02, 4.9, 1.1], "document.read", "198.51.100.7"),
        ("usr_mere", "Mere Parata", [6, 5.2], "user.login", "203.0.113.80"),
        ("usr_tane", "Tane Ngata", [13, 9, 5.01, 5.1, 2], "user.login", "192.0.2.44"),
        ("usr_sina", "Sina Leota", [5.05], "document.delete", "192.0.2.45"),
    ];

    [Fact]
    public async Task The_failing_destination_the_reason_and_the_button_that_fixes_it_are_four_clicks_away()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = request => new Reply(request.Headers["X-Sluice-Signature"] == Signed("the right secret", request.RawBody) ? 200 : 403);
        await using var one = await ScratchDestination.AddAsync(instance, "Acme SOC", receiver.Address, new JsonObject { ["secret"] = "a wrong secret", ["start_from"] = "beginning" });
        await using var tab = await instance.OpenSignedInAsync("/");
        var clicks = 0;

        var row = tab.Part("Destinations").GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Acme SOC" });
        await Expect(row).ToContainTextAsync(new Regex("degraded|failed"));
        await Click(row.GetByRole(AriaRole.Link, new() { Name = "Acme SOC" }));
        await Expect(tab.Part("How it is")).ToContainTextAsync("It does not accept the credentials.");
        await Click(tab.Button("Replace credentials"));
        await Click(tab.Page.GetByRole(AriaRole.Textbox, new() { Name = "Add a new secret" }));
        await tab.Page.Keyboard.TypeAsync("the right secret");
        await Click(tab.Button("Save"));

        await Expect(tab.Part("How it is")).ToContainTextAsync("It works");
        await Expect(tab.Part("How it is")).ToContainTextAsync("It has every event that its filter lets through.");
        Assert.Equal(4, clicks);
        Assert.NotEmpty(receiver.Accepted);

        Task Click(ILocator what)
        {
            clicks++;
            return what.ClickAsync();
        }
    }

    [Fact]
    public async Task What_somebody_did_on_a_day_last_week_and_from_where_is_read_off_one_page()
    {
        var noon = await SendHistoryAsync();
        var day = noon.AddDays(-5);
        await using var tab = await instance.OpenSignedInAsync("/", zone: Auckland);

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Events", Exact = true }).ClickAsync();
        await tab.Page.GetByLabel("Who", new() { Exact = true }).ClickAsync();
        await tab.Page.Keyboard.TypeAsync("mere");
        await tab.Page.GetByRole(AriaRole.Option, new() { Name = "Mere Parata" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Time: " }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = $"Last {day.DayOfWeek}" }).ClickAsync();

        await Expect(tab.Page.GetByLabel("Who, and from where")).ToHaveTextAsync("Mere Parata: 4 events from 2 addresses: 198.51.100.7 (3), 203.0.113.80 (1)");
        await Expect(Rows(tab)).ToHaveCountAsync(4);
        await Expect(Rows(tab).Filter(new() { HasText = "Mere Parata" })).ToHaveCountAsync(4);
        foreach (var time in await Rows(tab).Locator("time").AllAsync())
            Assert.Equal(day.Date, Local(DateTimeOffset.Parse((await time.GetAttributeAsync("datetime"))!, System.Globalization.CultureInfo.InvariantCulture)).Date);
        await Expect(Rows(tab).Filter(new() { HasText = "user.login" })).ToContainTextAsync("203.0.113.80");
    }

    [Fact]
    public async Task Days_of_the_chart_are_the_viewers()
    {
        await SendHistoryAsync();
        await using var tab = await instance.OpenSignedInAsync("/events?range=any&filter=" + Uri.EscapeDataString("actor.id EQ \"usr_mere\""), zone: Auckland);
        var chart = tab.Page.GetByLabel(new Regex("^Events per day"));

        await chart.FocusAsync();
        for (var i = 0; i < 5; i++) await tab.Page.Keyboard.PressAsync("ArrowLeft");
        await tab.Page.Keyboard.PressAsync("Enter");

        await Expect(Rows(tab)).ToHaveCountAsync(4);
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Time: Last " })).ToBeVisibleAsync();
    }

    /// <returns>Noon of today in Auckland, by its clocks. Sending twice adds nothing.</returns>
    private async Task<DateTimeOffset> SendHistoryAsync()
    {
        var noon = Local(TimeProvider.System.GetUtcNow());
        noon = new DateTimeOffset(noon.Date.AddHours(12), noon.Offset);
        foreach (var (id, name, daysAgo, action, address) in History)
        {
            foreach (var days in daysAgo)
                (await instance.Server.Client.PostEventAsync(
                    $$"""{"id":"{{id}}-{{action}}-{{days}}","timestamp":"{{noon.AddDays(-days):yyyy-MM-dd'T'HH:mm:sszzz}}","tenant_id":"acme","action":"{{action}}","outcome":"success","actor":{"type":"user","id":"{{id}}","name":"{{name}}"},"source_ip":"{{address}}"}""")).Expect(200);
        }

        return noon;
    }

    private static DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(Auckland));

    private static ILocator Rows(Tab tab) => tab.Page.GetByRole(AriaRole.Group, new() { Name = "Events", Exact = true }).Locator("tbody tr:has(td)");

    private static string Signed(string secret, byte[] body) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
