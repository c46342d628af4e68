using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sluice.EndToEnd.Console;

/// <summary>What those look at who run the instance.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class OperationTests(ConsoleInstance instance)
{
    [Fact]
    public async Task Nodes_are_listed_with_what_they_run()
    {
        await using var tab = await instance.OpenSignedInAsync("/nodes");

        await Expect(tab.Page.GetByText("answers you")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Row, new() { Name = "Broken SIEM" })).ToContainTextAsync("degraded");
    }

    [Fact]
    public async Task Retention_is_changed_after_a_question()
    {
        await using var tab = await instance.OpenSignedInAsync("/settings");
        await Expect(tab.Part("Retention")).ToContainTextAsync("for ever");

        await tab.Page.GetByLabel("Days").FillAsync("400");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Dialog, new() { Name = "Remove events older than 400 days?" }).GetByRole(AriaRole.Button, new() { Name = "Remove them" }).ClickAsync();

        await Expect(tab.Part("Retention")).ToContainTextAsync("400 days at least");
        Assert.Equal(400, (int)(await instance.Server.Client.GetAsync("/v1/audit/retention")).Expect(200).Json["days"]!);
        (await instance.Server.Client.PutAsync("/v1/audit/retention", """{"days":null}""")).Expect(200);
    }

    [Fact]
    public async Task An_auditor_sees_how_long_events_are_kept_and_cannot_change_it()
    {
        await using var tab = await instance.OpenSignedInAsync("/settings", key: await instance.KeyAsync("auditor"));

        await Expect(tab.Part("Retention")).ToContainTextAsync("Events are kept");
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save" })).ToHaveCountAsync(0);
        await Expect(tab.Part("Your session")).ToContainTextAsync("read events, export events");
    }
}
