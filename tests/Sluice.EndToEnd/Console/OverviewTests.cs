using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sluice.EndToEnd.Console;

[Collection(SecondConsoleCollection.Name)]
public sealed class OverviewTests(ConsoleInstance instance)
{
    [Fact]
    public async Task Events_show_as_they_arrive()
    {
        await using var tab = await instance.OpenSignedInAsync("/");
        var size = await instance.Server.Client.SizeAsync();
        await Expect(tab.Part("Ledger")).ToContainTextAsync($"{size}");

        await instance.SendAsync($"live-{size}", "denied", "vault.open");

        await Expect(tab.Part("Ledger")).ToContainTextAsync($"{size + 1}");
        await Expect(tab.Part("Latest denials").GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("vault.open");
        await Expect(tab.Part("Top actions")).ToContainTextAsync("vault.open");
        await Expect(tab.Part("Events per minute, by outcome").GetByRole(AriaRole.Img).First).ToHaveAttributeAsync("aria-label", new Regex(@"^In the last hour: \d+ successes, 0 failures, [1-9]\d* denied\.$"));
    }

    [Fact]
    public async Task The_failing_destination_stands_first_with_its_reason()
    {
        await using var tab = await instance.OpenSignedInAsync("/");

        var first = tab.Part("Destinations").GetByRole(AriaRole.Listitem).First;

        await Expect(first).ToContainTextAsync("Broken SIEM");
        await Expect(first).ToContainTextAsync("degraded");
        await Expect(first).ToContainTextAsync("connect");
    }

    [Fact]
    public async Task Times_are_the_viewers_and_utc_is_beside_them()
    {
        await using var tab = await instance.OpenSignedInAsync("/");
        var time = tab.Part("Latest denials").Locator("time").First;

        var (utc, shown) = (DateTimeOffset.Parse((await time.GetAttributeAsync("datetime"))!, System.Globalization.CultureInfo.InvariantCulture), await time.InnerTextAsync());

        Assert.Equal(TimeZoneInfo.ConvertTime(utc, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), shown[^8..]);
        Assert.StartsWith(utc.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), await time.GetAttributeAsync("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_sees_its_own_and_is_told_what_to_do_when_there_is_nothing()
    {
        await using var tab = await instance.OpenSignedInAsync("/", key: await instance.KeyAsync("admin", "newcomer"));

        await Expect(tab.Part("Destinations")).ToContainTextAsync("Nothing is streamed yet");
        await Expect(tab.Part("Latest denials")).ToContainTextAsync("Nobody was denied anything");
        await Expect(tab.Part("Events per minute, by outcome")).ToContainTextAsync("Nothing happened in the last hour");
        await Expect(tab.Page.GetByText("Ada Okafor")).ToHaveCountAsync(0);
    }
}
