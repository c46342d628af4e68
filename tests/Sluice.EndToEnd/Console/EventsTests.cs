using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sluice.EndToEnd.Console;

/// <summary>What an analyst asks, answered without reading documentation.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class EventsTests(ConsoleInstance instance)
{
    [Fact]
    public async Task What_somebody_did_on_a_day_and_from_where()
    {
        var day = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).Date.AddDays(-5);
        for (var i = 0; i < 3; i++) await SendAsync($"day-{i}", "usr_grace", "Grace Hopper", $"198.51.100.{i % 2}", day.AddHours(10 + i));
        await SendAsync("day-after", "usr_grace", "Grace Hopper", "192.0.2.1", day.AddHours(30));
        await using var tab = await instance.OpenSignedInAsync("/events");

        await tab.Page.GetByLabel("Who", new() { Exact = true }).ClickAsync();
        await tab.Page.Keyboard.TypeAsync("grace");
        await tab.Page.GetByRole(AriaRole.Option, new() { Name = "Grace Hopper usr_grace" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Time: " }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = $"Last {day.DayOfWeek}" }).ClickAsync();

        await Expect(tab.Page.GetByLabel("Who, and from where")).ToHaveTextAsync("Grace Hopper: 3 events from 2 addresses: 198.51.100.0 (2), 198.51.100.1 (1)");
        await Expect(Rows(tab)).ToHaveCountAsync(3);
        await Expect(Rows(tab).First).ToContainTextAsync("198.51.100.0");
        await tab.Page.ReloadAsync();
        await Expect(Rows(tab)).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task A_filter_is_completed_applied_and_taken_away_again()
    {
        await using var tab = await instance.OpenSignedInAsync("/events");
        await Expect(Rows(tab).First).ToBeVisibleAsync();

        await tab.Page.Keyboard.PressAsync("/");
        foreach (var word in new[] { "outc", "EQ", "deni" })
        {
            await tab.Page.Keyboard.TypeAsync(word);
            await tab.Page.Keyboard.PressAsync("ArrowDown");
            await tab.Page.Keyboard.PressAsync("Enter");
        }

        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(Filter(tab)).ToHaveValueAsync(new Regex("^outcome EQ \"denied\" $"));
        await Filter(tab).PressAsync("Enter");

        await Expect(tab.Page).ToHaveURLAsync(new Regex("filter=outcome"));
        await Expect(Rows(tab).Filter(new() { HasNotText = "denied" })).ToHaveCountAsync(0);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Remove outcome EQ \"denied\"" }).ClickAsync();
        await Expect(Filter(tab)).ToHaveValueAsync("");
        await Expect(Rows(tab).Filter(new() { HasText = "success" }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_mistake_is_marked_where_it_is()
    {
        await using var tab = await instance.OpenSignedInAsync("/events");

        await Filter(tab).FillAsync("actor.id EQ \"ada\" AND outcome EQ");
        await Filter(tab).PressAsync("Escape");
        await Filter(tab).PressAsync("Enter");

        await Expect(tab.Page.GetByText("Column 33: Expected a quoted text, a number, true or false, found the end.")).ToBeVisibleAsync();
        await Filter(tab).FillAsync("timestamp GE \"soon\"");
        await Filter(tab).PressAsync("Enter");
        await Expect(tab.Page.GetByText("Column 14: ")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Rows_are_gone_through_opened_and_closed_by_keys()
    {
        await using var tab = await instance.OpenSignedInAsync("/events?filter=" + Uri.EscapeDataString("actor.id EQ \"usr_ada\" AND action EQ \"user.login\""));
        await Expect(Rows(tab).Nth(2)).ToBeVisibleAsync();

        await tab.Page.Keyboard.TypeAsync("j");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Part("Event")).ToBeVisibleAsync();
        await tab.Page.Keyboard.TypeAsync("j");
        await Expect(Rows(tab).Nth(1)).ToHaveAttributeAsync("aria-current", "true");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("event=filled-"));
        await tab.Page.Keyboard.PressAsync("Escape");

        await Expect(tab.Part("Event")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_event_shows_its_members_its_profiles_what_is_related_and_its_proof()
    {
        await using var tab = await instance.OpenSignedInAsync("/events/filled-1?tenant_id=acme");
        var part = tab.Part("Event");
        await Expect(part).ToContainTextAsync("203.0.113.42");

        await Tab(part, "Profiles").ClickAsync();
        await part.GetByLabel("As a destination of this profile gets it").SelectOptionAsync("cef");
        await Expect(part).ToContainTextAsync("CEF:0|Sluice|Audit|1.0|document.read|");
        await Tab(part, "Related").ClickAsync();
        await Expect(part.GetByRole(AriaRole.Link, new() { Name = "By Ada Okafor, that day" })).ToBeVisibleAsync();
        await Tab(part, "Proof").ClickAsync();

        await Expect(part.GetByRole(AriaRole.Status)).ToHaveTextAsync(new Regex(@"^Event [\d,]+ is in the ledger of [\d,]+ events signed at "));
        await Expect(part.GetByLabel("right", new() { Exact = true })).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task An_event_that_was_changed_on_the_way_fails_its_proof()
    {
        await using var tab = await instance.OpenSignedInAsync("/sign-in");
        await tab.Page.RouteAsync("**/v1/audit/events/filled-2?*", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = (await answer.TextAsync()).Replace("usr_ada", "usr_eve", StringComparison.Ordinal) });
        });
        await tab.Page.GotoAsync("/events/filled-2?tenant_id=acme");

        await Tab(tab.Part("Event"), "Proof").ClickAsync();

        await Expect(tab.Part("Event").GetByRole(AriaRole.Status)).ToHaveTextAsync(new Regex("was changed: it is not what was written"));
    }

    [Fact]
    public async Task New_events_show_live_and_wait_while_it_is_paused()
    {
        await using var tab = await instance.OpenSignedInAsync("/events?filter=" + Uri.EscapeDataString("action EQ \"tail.seen\""));
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Live", Exact = true }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Live", Exact = true })).ToHaveAttributeAsync("aria-pressed", "true");

        await instance.SendAsync("tail-1", action: "tail.seen");
        await Expect(Rows(tab)).ToHaveCountAsync(1);
        await instance.SendAsync("tail-2", action: "tail.seen");
        await Expect(Rows(tab)).ToHaveCountAsync(2);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await instance.SendAsync("tail-3", action: "tail.seen");

        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Go on, 1 event waiting" })).ToBeVisibleAsync();
        await Expect(Rows(tab)).ToHaveCountAsync(2);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(Rows(tab)).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task Time_is_narrowed_with_the_pointer_and_with_keys()
    {
        await using var tab = await instance.OpenSignedInAsync("/events");
        var chart = tab.Page.GetByLabel(new Regex("^Events per 30 minutes"));
        var box = (await chart.BoundingBoxAsync())!;

        await tab.Page.Mouse.MoveAsync(box.X + box.Width * 0.9f, box.Y + 20);
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(box.X + box.Width - 2, box.Y + 20);
        await tab.Page.Mouse.UpAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("from=.*&to="));
        await tab.Page.GoBackAsync();
        await chart.FocusAsync();
        await tab.Page.Keyboard.PressAsync("ArrowLeft");
        await tab.Page.Keyboard.PressAsync("Shift+ArrowLeft");
        await tab.Page.Keyboard.PressAsync("Enter");

        await Expect(tab.Page).ToHaveURLAsync(new Regex("from=.*&to="));
    }

    [Fact]
    public async Task Sluices_own_events_are_a_switch_away()
    {
        var key = await instance.KeyAsync("reader");
        await using var tab = await instance.OpenSignedInAsync("/events");
        await Expect(Rows(tab).First).ToBeVisibleAsync();

        await tab.Page.GetByRole(AriaRole.Radiogroup, new() { Name = "Whose events" }).GetByText("Sluice’s own").ClickAsync();
        await Filter(tab).FillAsync("action EQ \"sluice.key.created\"");
        await Filter(tab).PressAsync("Escape");
        await Filter(tab).PressAsync("Enter");

        await Expect(tab.Page).ToHaveURLAsync(new Regex("source=sluice"));
        await Rows(tab).First.ClickAsync();
        await Expect(tab.Part("Event")).ToContainTextAsync("a reader");
        await Expect(tab.Part("Event")).Not.ToContainTextAsync(key);
        await Tab(tab.Part("Event"), "Proof").ClickAsync();
        await Expect(tab.Part("Event").GetByRole(AriaRole.Status)).ToHaveTextAsync(new Regex(@"^Event [\d,]+ is in the ledger of [\d,]+ events signed at "));
        await tab.Page.GetByRole(AriaRole.Radiogroup, new() { Name = "Whose events" }).GetByText("Events", new() { Exact = true }).ClickAsync();
        await Expect(Rows(tab)).ToHaveCountAsync(0);
        await Expect(tab.Page).Not.ToHaveURLAsync(new Regex("source=sluice"));
    }

    [Fact]
    public async Task On_a_phone_a_row_shows_the_outcome_too()
    {
        await using var tab = await instance.OpenSignedInAsync("/events?filter=" + Uri.EscapeDataString("id EQ \"filled-0\""), width: ConsoleInstance.PhoneWidth);

        await Expect(Rows(tab).First.GetByRole(AriaRole.Img, new() { Name = "denied" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_shown_is_taken_along()
    {
        await using var tab = await instance.OpenSignedInAsync("/events?filter=" + Uri.EscapeDataString("id EQ \"first\""));
        await Expect(Rows(tab)).ToHaveCountAsync(1);

        var file = await tab.Page.RunAndWaitForDownloadAsync(async () =>
        {
            await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();
            await tab.Page.GetByRole(AriaRole.Menuitem, new() { Name = "NDJSON, an event a line" }).ClickAsync();
        });

        Assert.Equal("events.ndjson", file.SuggestedFilename);
        Assert.StartsWith("{\"id\":\"first\"", Assert.Single(await File.ReadAllLinesAsync(await file.PathAsync())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_in_a_time_leads_to_where_there_is_something()
    {
        await SendAsync("long-ago", "usr_old", "Old Hand", "192.0.2.7", new DateTime(2024, 5, 6, 12, 0, 0));
        await using var tab = await instance.OpenSignedInAsync("/events?range=24h&filter=" + Uri.EscapeDataString("actor.id EQ \"usr_old\""));

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Show that day" }).ClickAsync();

        await Expect(Rows(tab)).ToHaveCountAsync(1);
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Time: Mon, 6 May 2024" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_catalogue_is_searched_in_either_language_and_leads_to_events()
    {
        await using var tab = await instance.OpenSignedInAsync("/catalogue");

        await tab.Page.GetByLabel("Find an event type").FillAsync("user.login");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "user.login", Exact = true }).ClickAsync();

        await Expect(Filter(tab)).ToHaveValueAsync("action EQ \"user.login\"");
        await Expect(Rows(tab).First).ToContainTextAsync("user.login");
    }

    private static ILocator Rows(Tab tab) => tab.Page.GetByRole(AriaRole.Group, new() { Name = "Events", Exact = true }).Locator("tbody tr:has(td)");

    private static ILocator Filter(Tab tab) => tab.Page.GetByLabel("Filter", new() { Exact = true });

    private static ILocator Tab(ILocator part, string name) => part.GetByRole(AriaRole.Tab, new() { Name = name });

    /// <param name="local">In Berlin.</param>
    private async Task SendAsync(string id, string actor, string name, string address, DateTime local)
    {
        var at = new DateTimeOffset(local, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin").GetUtcOffset(local));
        (await instance.Server.Client.PostEventAsync(
            $$"""{"id":"{{id}}","timestamp":"{{at:yyyy-MM-dd'T'HH:mm:sszzz}}","tenant_id":"acme","action":"document.read","outcome":"success","actor":{"type":"user","id":"{{actor}}","name":"{{name}}"},"source_ip":"{{address}}"}""")).Expect(200);
    }
}
