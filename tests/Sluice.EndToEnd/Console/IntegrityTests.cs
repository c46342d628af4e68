using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sluice.EndToEnd.Console;

[Collection(SecondConsoleCollection.Name)]
public sealed class IntegrityTests(ConsoleInstance instance)
{
    [Fact]
    public async Task The_browser_finds_two_checkpoints_consistent_by_itself()
    {
        await using var tab = await instance.OpenSignedInAsync("/integrity");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Check in this browser" }).ClickAsync();

        await Expect(tab.Page.GetByText("begins with exactly the")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("Both signatures are those of this log’s key.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_checkpoint_of_long_ago_is_found_by_its_size()
    {
        await using var tab = await instance.OpenSignedInAsync("/integrity");
        var rows = tab.Part("Checkpoints").GetByRole(AriaRole.Row);
        await Expect(rows.Nth(2)).ToBeVisibleAsync();

        await tab.Page.Keyboard.PressAsync("/");
        await tab.Page.Keyboard.TypeAsync("5");
        await Expect(rows.Nth(1).GetByRole(AriaRole.Cell).Nth(1)).ToHaveTextAsync(new Regex("^[1-5]$"));
        var size = await rows.Nth(1).GetByRole(AriaRole.Cell).Nth(1).InnerTextAsync();
        await rows.Nth(1).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Check in this browser" }).ClickAsync();

        await Expect(tab.Page.GetByText($"begins with exactly the {size} that were signed")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_server_that_lies_is_found_out()
    {
        await using var tab = await instance.OpenAsync();
        await tab.SignInAsync(Running.SluiceProcess.AdminKey);
        await tab.Page.RouteAsync("**/v1/audit/consistency*", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"from":1,"to":2,"hashes":["TL2ONYSUUEANTpxMCuf3HHmtRBD5rSxiRiL/X4YXMT0="]}""" }));
        await tab.Page.GotoAsync("/integrity");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Check in this browser" }).ClickAsync();

        await Expect(tab.Page.GetByText("The ledger was changed: its beginning is not what was signed")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_server_checks_itself_when_asked_and_says_what_it_found_and_what_to_do()
    {
        await instance.SendAsync("tampered");
        await using var tab = await instance.OpenSignedInAsync("/integrity");
        var panel = tab.Part("Last self-check");

        await panel.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();
        await Expect(panel).ToContainTextAsync("Everything is as it was signed");
        await Expect(panel).ToContainTextAsync(new Regex(@"by .+: [\d,]+ events and [\d,]+ signed checkpoints, in"));

        await ChangeAsync("usr_ada", "usr_eve");
        try
        {
            await panel.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();
            await Expect(panel).ToContainTextAsync(new Regex(@"The ledger is not what was signed at event [\d,]+"));
            await Expect(panel).ToContainTextAsync("Change nothing: copy the data folder");
            Assert.Equal([], await Axe.FindAsync(tab.Page));
            await tab.Page.GotoAsync("/");
            await tab.Page.GetByRole(AriaRole.Link, new() { Name = "See which, and what to do" }).ClickAsync();
            await Expect(panel).ToBeVisibleAsync();
        }
        finally
        {
            await ChangeAsync("usr_eve", "usr_ada");
        }

        await panel.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();
        await Expect(panel).ToContainTextAsync("Everything is as it was signed");
    }

    [Fact]
    public async Task A_tenant_sees_that_it_passed_and_has_no_button()
    {
        (await instance.Server.Client.PostAsync("/v1/audit/log/self-check", "")).Expect(202);
        await using var tab = await instance.OpenSignedInAsync("/integrity", key: await instance.KeyAsync("auditor", "acme"));

        await Expect(tab.Part("Last self-check")).ToContainTextAsync("Everything is as it was signed");
        await Expect(tab.Button("Check now")).ToHaveCountAsync(0);
    }

    /// <summary>Behind the server's back.</summary>
    private Task ChangeAsync(string from, string to) => Deploy.Tool.PassesAsync(
        "sqlite3", Path.Combine(instance.Folder, "ledger", "main", "segment-000000.db"), $".timeout 5000", $"UPDATE events SET body = replace(body, '{from}', '{to}') WHERE body LIKE '%\"id\":\"tampered\"%'");

    [Fact]
    public async Task The_command_and_the_key_can_be_taken_along()
    {
        await using var tab = await instance.OpenSignedInAsync("/integrity");
        var key = (string)(await instance.Server.Client.GetAsync("/v1/audit/log")).Json["vkey"]!;

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Copy the command" }).ClickAsync();

        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Copied" })).ToBeVisibleAsync();
        var copied = await tab.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.Equal($"curl -fsS -H \"X-API-Key: $SLUICE_KEY\" 'http://127.0.0.1:{instance.Server.Port}/v1/audit/export?proofs=true' | sluice verify - --vkey '{key}'", copied);
    }
}
