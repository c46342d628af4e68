using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Sluice.Emulators;
using static Microsoft.Playwright.Assertions;

namespace Sluice.EndToEnd.Console;

/// <summary>Finding out what is wrong with a destination, and mending it.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class DestinationTroubleTests(ConsoleInstance instance)
{
    [Fact]
    public async Task A_failing_webhook_is_found_understood_and_mended()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = request => new Reply(request.Headers["X-Sluice-Signature"] == Signed("the right secret", request.RawBody) ? 200 : 403);
        await using var one = await ScratchDestination.AddAsync(instance, "Wrong secret", receiver.Address, new JsonObject { ["secret"] = "a wrong secret", ["start_from"] = "beginning" });
        await using var tab = await instance.OpenSignedInAsync("/destinations");

        await tab.Page.GetByRole(AriaRole.Tab, new() { Name = "In trouble" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = one.Name }).ClickAsync();
        await Expect(tab.Part("How it is")).ToContainTextAsync("It does not accept the credentials.");
        await Expect(tab.Part("How it is")).ToContainTextAsync("Nothing is lost");
        await tab.Button("Replace credentials").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Textbox, new() { Name = "Add a new secret" }).FillAsync("the right secret");
        await tab.Button("Send a test").ClickAsync();
        await Expect(tab.Part("The test")).ToContainTextAsync("It took the event and answered 200.");
        await tab.Button("Save").ClickAsync();

        await Expect(tab.Part("How it is")).ToContainTextAsync("It works");
        await Expect(tab.Part("Attempts")).ToContainTextAsync("delivered");
        await Expect(tab.Part("Status history")).ToContainTextAsync("takes events again");
        Assert.NotEmpty(receiver.Accepted);
    }

    [Fact]
    public async Task A_dead_letter_is_read_and_sent_again()
    {
        await using var receiver = await Receiver.StartAsync();
        var takes = false;
        receiver.Answer = request => new Reply(!Volatile.Read(ref takes) && Encoding.UTF8.GetString(request.Body).Contains("dead.letter", StringComparison.Ordinal) ? 400 : 200);
        await using var one = await ScratchDestination.AddAsync(instance, "Choosy", receiver.Address, new JsonObject { ["event_types"] = new JsonArray("dead.*") });
        await instance.SendAsync("taken", action: "dead.end");
        await instance.SendAsync("refused", action: "dead.letter");
        await using var tab = await instance.OpenSignedInAsync(one.Path);

        await tab.Part("Dead letters").GetByRole(AriaRole.Button, new() { Name = "Look at" }).ClickAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("It answered 400.");
        await Expect(dialog).ToContainTextAsync("\"action\": \"dead.letter\"");
        Volatile.Write(ref takes, true);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Replay", Exact = true }).ClickAsync();

        await Expect(tab.Part("Dead letters")).ToContainTextAsync("No event was refused");
        await Expect(tab.Part("Replays")).ToContainTextAsync("Dead letters · completed, 1 of 1 event sent");
        await Expect(tab.Part("How it is")).ToContainTextAsync("It has every event that its filter lets through.");
    }

    [Fact]
    public async Task Somebody_who_comes_when_it_is_over_sees_how_far_it_was_behind()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var one = await ScratchDestination.AddAsync(instance, "Was behind", receiver.Address);
        await WasBehindAsync(one.Id, minutesAgo: 30, events: 1_204);
        await WasBehindAsync(one.Id, minutesAgo: 29, events: 0);
        await WasBehindAsync(one.Id, minutesAgo: 300, events: 57_000);
        await WasBehindAsync(one.Id, minutesAgo: 299, events: 0);
        await using var tab = await instance.OpenSignedInAsync(one.Path);

        await Expect(tab.Part("Lag").GetByRole(AriaRole.Img, new() { NameRegex = new("^Lag, 1h. 1.2K events at most, 0 events behind") })).ToBeVisibleAsync();
        await tab.Part("Lag").GetByText("24h").ClickAsync();
        await Expect(tab.Part("Lag").GetByRole(AriaRole.Img, new() { NameRegex = new("^Lag, 24h. 57K events at most") })).ToBeVisibleAsync();
    }

    /// <summary>What the server would have kept of it.</summary>
    private Task WasBehindAsync(string id, int minutesAgo, int events)
    {
        const long minute = 60_000_000_000;
        var at = (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60) - minutesAgo;
        return Deploy.Tool.PassesAsync(
            "sqlite3", Path.Combine(instance.Folder, "sluice.db"), ".timeout 5000", $"INSERT INTO lag_samples (destination_id, slot, at, events, seconds) VALUES ('{id}', {at % 1_440}, {at * minute}, {events}, 1)");
    }

    [Fact]
    public async Task A_gap_is_refilled_and_a_range_sent_again()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var one = await ScratchDestination.AddAsync(instance, "Had a gap", receiver.Address, new JsonObject { ["event_types"] = new JsonArray("missed.*") });
        await one.ChangeAsync("""{"enabled":false}""");
        await instance.SendAsync("missed", action: "missed.event");
        await using var tab = await instance.OpenSignedInAsync(one.Path);

        await tab.Part("How it is").GetByRole(AriaRole.Button, new() { Name = "Enable" }).ClickAsync();
        await Expect(tab.Part("Gaps")).ToContainTextAsync("1 event not sent while it was disabled");
        await tab.Part("Gaps").GetByRole(AriaRole.Button, new() { Name = "Refill" }).ClickAsync();
        await Expect(tab.Part("Gaps")).ToContainTextAsync("refilled");
        await tab.Button("Replay a range").ClickAsync();
        await tab.Page.GetByText("By sequence").ClickAsync();
        await tab.Page.GetByLabel("From sequence").FillAsync("0");
        await tab.Button("Start the replay").ClickAsync();

        await Expect(tab.Part("Replays")).ToContainTextAsync("A range, sequences 0 to");
        await Expect(tab.Part("Replays").GetByText("completed, 1 of 1 event sent")).ToHaveCountAsync(2);
        Assert.Equal(2, receiver.Accepted.Count);
    }

    private static string Signed(string secret, byte[] body) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
