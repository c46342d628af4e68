using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Sluice.Emulators;
using static Microsoft.Playwright.Assertions;

namespace Sluice.EndToEnd.Console;

/// <summary>Setting destinations up, and taking them away.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class DestinationTests(ConsoleInstance instance)
{
    [Fact]
    public async Task A_destination_is_added_where_the_documents_say()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var tab = await instance.OpenSignedInAsync("/settings");

        await tab.Part("Audit").GetByRole(AriaRole.Link, new() { Name = "Audit → SIEM" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Add destination" }).ClickAsync();
        await tab.Button("Webhook Anything that takes JSON over HTTP").ClickAsync();
        await Expect(tab.Page.GetByText("Events may hold personal data")).ToBeVisibleAsync();
        await tab.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Added by hand");
        await tab.Page.GetByLabel("Endpoint").FillAsync(receiver.Address.ToString());
        await tab.Page.GetByRole(AriaRole.Textbox, new() { Name = "Secret", Exact = true }).FillAsync("typed by hand");
        await tab.Page.GetByLabel("Enabled").SetCheckedAsync(false);
        await tab.Page.GetByLabel("Enabled").SetCheckedAsync(true);
        await tab.Button("Add header").ClickAsync();
        await tab.Page.GetByLabel("Name of header 1").FillAsync("X-Team");
        await tab.Page.GetByLabel("Value of header 1").FillAsync("audit");
        await tab.Button("Send a test").ClickAsync();
        await Expect(tab.Part("The test")).ToContainTextAsync("It took the event and answered 200.");
        Assert.Equal("audit", Assert.Single(receiver.Accepted).Headers["X-Team"]);
        await tab.Button("Save").ClickAsync();
        await Expect(tab.Heading("Added by hand")).ToBeVisibleAsync();

        await using var added = await ScratchDestination.ShownAsync(instance, tab.Page);
        await tab.Button("Send a test").ClickAsync();
        await Expect(tab.Part("The test")).ToContainTextAsync("It took the event and answered 200.");
        Assert.Equal("audit", receiver.Accepted[1].Headers["X-Team"]);
        Assert.Equal("""["secret"]""", (await added.ReadAsync())["credentials_set"]!.ToJsonString());
        await Expect(tab.Part("Settings")).ToContainTextAsync("set, never shown");
        Assert.DoesNotContain("typed by hand", await tab.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/settings/audit/siem")]
    [InlineData("/admin/monitoring/audit-events/streams")]
    [InlineData("/admin/integrations/siem-export")]
    public async Task Other_products_paths_lead_to_the_list(string path)
    {
        await using var tab = await instance.OpenSignedInAsync(path);
        var count = (await instance.Server.Client.GetAsync("/v1/audit/siem")).Expect(200).Json["destinations"]!.AsArray().Count;

        await Expect(tab.Heading("Destinations")).ToBeVisibleAsync();

        await Expect(tab.Page.GetByRole(AriaRole.Tab, new() { Name = $"Streams {count}" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_filter_is_tried_before_it_is_saved_and_one_that_matches_nothing_is_saved_only_on_purpose()
    {
        await using var tab = await instance.OpenSignedInAsync("/destinations/new?provider=webhook");

        await tab.Page.GetByLabel("Endpoint").FillAsync("http://127.0.0.1:9/");
        await tab.Page.GetByRole(AriaRole.Combobox, new() { Name = "Event types", Exact = true }).FillAsync("nobody.sends.this");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Part("Which events").GetByText("filtered", new() { Exact = true })).ToBeVisibleAsync();
        await tab.Button("Try it on the last 7 days").ClickAsync();
        await Expect(tab.Part("Which events")).ToContainTextAsync("None of the events has the type nobody.sends.this: is it misspelled?");
        await tab.Button("Save").ClickAsync();
        await tab.Button("Save it all the same").ClickAsync();
        await Expect(tab.Part("How it is")).ToBeVisibleAsync();

        await using var added = await ScratchDestination.ShownAsync(instance, tab.Page);
        Assert.Equal("""["nobody.sends.this"]""", (await added.ReadAsync())["event_types"]!.ToJsonString());
        await Expect(tab.Part("How it is").GetByText("filtered", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Event_types_are_found_by_searching_and_a_header_that_is_not_active_stays_here()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var one = await ScratchDestination.AddAsync(instance, "Resting header", receiver.Address, new JsonObject { ["headers"] = new JsonArray(new JsonObject { ["name"] = "X-Team", ["value"] = "audit" }) });
        await using var tab = await instance.OpenSignedInAsync(one.Path + "/edit");

        await tab.Page.GetByLabel("Header 1 is active").UncheckAsync();
        var types = tab.Page.GetByRole(AriaRole.Combobox, new() { Name = "Event types", Exact = true });
        foreach (var (searched, found) in new[] { ("logi", "user.login"), ("ment.r", "document.read") })
        {
            await types.FillAsync(searched);
            await tab.Page.GetByRole(AriaRole.Option, new() { Name = found, Exact = true }).First.ClickAsync();
        }

        await tab.Button("Save").ClickAsync();
        await Expect(tab.Heading("Resting header")).ToBeVisibleAsync();
        await tab.Button("Send a test").ClickAsync();
        await Expect(tab.Part("The test")).ToContainTextAsync("one event, sluice.destination.test");

        Assert.DoesNotContain("X-Team", Assert.Single(receiver.Accepted).Headers.Keys);
        var stored = await one.ReadAsync();
        Assert.Equal("""["user.login","document.read"]""", stored["event_types"]!.ToJsonString());
        Assert.Equal(("X-Team", false), ((string)stored["headers"]![0]!["name"]!, (bool)stored["headers"]![0]!["active"]!));
    }

    [Fact]
    public async Task A_private_key_is_never_shown_only_replaced()
    {
        using var key = RSA.Create(2048);
        var pem = key.ExportPkcs8PrivateKeyPem();
        var made = (await instance.Server.Client.PostAsync("/v1/audit/siem", new JsonObject
        {
            ["provider"] = "google_cloud_logging", ["name"] = "Google", ["project_id"] = "my-project", ["client_email"] = "sluice@my-project.iam.gserviceaccount.com", ["log_id"] = "audit", ["private_key"] = pem, ["enabled"] = false,
        }.ToJsonString())).Expect(201).Json;
        await using var tab = await instance.OpenSignedInAsync($"/destinations/{made["id"]}");
        await using var added = await ScratchDestination.ShownAsync(instance, tab.Page);
        await Expect(tab.Part("Settings")).ToContainTextAsync("set, never shown");

        await tab.Page.GotoAsync(added.Path + "/edit");
        await tab.Button("Add a new private key").ClickAsync();

        await Expect(tab.Page.GetByRole(AriaRole.Textbox, new() { Name = "Add a new private key" })).ToHaveValueAsync("");
        Assert.DoesNotContain(pem[40..80], await tab.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_destination_is_deleted_by_typing_its_name()
    {
        await using var one = await ScratchDestination.AddAsync(instance, "Old SIEM", new("http://127.0.0.1:9/"), new JsonObject { ["enabled"] = false });
        await using var tab = await instance.OpenSignedInAsync(one.Path);

        await tab.Button("Delete").ClickAsync();
        await tab.Page.GetByLabel("Type its name").FillAsync("Another SIEM");
        await Expect(tab.Button("Delete it")).ToBeDisabledAsync();
        await tab.Page.GetByLabel("Type its name").FillAsync("Old SIEM");
        await tab.Page.Keyboard.PressAsync("Enter");

        await Expect(tab.Heading("Deleted destination")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("It is deleted")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_may_only_look_is_told_so()
    {
        await using var one = await ScratchDestination.AddAsync(instance, "Looked at", new("http://127.0.0.1:9/"), new JsonObject { ["enabled"] = false });
        await using var tab = await instance.OpenSignedInAsync("/destinations", key: await instance.KeyAsync("auditor"));

        await Expect(tab.Page.GetByText("To change them takes a key of role admin or operator.")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Looked at" }).ClickAsync();

        await Expect(tab.Part("How it is")).ToContainTextAsync("Switched off");
        await Expect(tab.Part("Status history")).ToContainTextAsync("was set up");
        foreach (var name in new[] { "Enable", "Delete", "Send a test", "Replay a range" }) await Expect(tab.Button(name)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_list_is_searched_and_opened_by_keyboard()
    {
        await using var tab = await instance.OpenSignedInAsync("/destinations");
        var rows = tab.Part("All destinations").GetByRole(AriaRole.Row);
        await Expect(rows.Nth(1)).ToContainTextAsync("Broken SIEM");

        await tab.Page.Keyboard.PressAsync("/");
        await tab.Page.Keyboard.TypeAsync("paused");
        await Expect(rows).ToHaveCountAsync(2);
        await tab.Page.Keyboard.PressAsync("Tab");
        await tab.Page.Keyboard.TypeAsync("j");
        await tab.Page.Keyboard.PressAsync("Enter");

        await Expect(tab.Heading("Paused SIEM")).ToBeVisibleAsync();
    }
}
