using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sluice.EndToEnd.Console;

/// <summary>Signing in through a provider, in a browser.</summary>
public sealed class ProviderSignInTests(ProviderInstance instance) : IClassFixture<ProviderInstance>
{
    [Fact]
    public async Task An_admin_signs_in_where_they_wanted_to_go_and_out_again()
    {
        await using var tab = await instance.OpenAsync();
        await tab.Page.GotoAsync("/nodes");
        await SignInAsync(tab, "ada");

        await Expect(tab.Heading("Nodes")).ToBeVisibleAsync();
        Assert.Equal("/nodes", new Uri(tab.Page.Url).PathAndQuery);
        var session = await SessionAsync(tab);
        Assert.Equal(("user", "Ada Okafor", "admin", null), ((string?)session["kind"], (string?)session["name"], (string?)session["role"], (string?)session["tenant_id"]));

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Ada Okafor" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await Expect(tab.Heading("Sign in to Sluice")).ToBeVisibleAsync();
        await tab.Page.ReloadAsync();
        await Expect(tab.Heading("Sign in to Sluice")).ToBeVisibleAsync();

        var ended = await ToldAsync("sluice.session.ended", "ada");
        Assert.Equal((string?)session["id"], (string?)ended["session_id"]);
        Assert.Equal(("user", "ada@example.com", null), ((string?)ended["actor"]!["type"], (string?)ended["actor"]!["email"], (string?)ended["api_key_id"]));
    }

    [Fact]
    public async Task A_reader_of_one_tenant_sees_that_one()
    {
        await using var tab = await instance.OpenAsync();
        await tab.Page.GotoAsync("/");
        await SignInAsync(tab, "rob");

        await Expect(tab.Heading("Overview")).ToBeVisibleAsync();
        var session = await SessionAsync(tab);
        Assert.Equal(("user", "Rob Reader", "reader", "acme"), ((string?)session["kind"], (string?)session["name"], (string?)session["role"], (string?)session["tenant_id"]));
        Assert.Equal(403, (await tab.Page.APIRequest.GetAsync("/v1/access/keys")).Status);
        Assert.Equal(403, (await tab.Page.APIRequest.GetAsync("/v1/audit/events?tenant_id=beta")).Status);
    }

    [Fact]
    public async Task Somebody_without_a_group_that_has_a_role_is_told_so_and_recorded()
    {
        await using var tab = await instance.OpenAsync();
        await tab.Page.GotoAsync("/");
        await SignInAsync(tab, "eve");

        await Expect(tab.Page.GetByText("You are signed in at Example Login as Eve <Outside>, but none of your groups has a role here.")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("Your groups: everybody.")).ToBeVisibleAsync();
        Assert.Equal(401, (await tab.Page.APIRequest.GetAsync("/v1/session")).Status);
        var told = await ToldAsync("sluice.api.denied", "eve");
        Assert.Equal(("user", "denied", "/sluice.v1.SessionService/CompleteProviderSignIn"), ((string?)told["actor"]!["type"], (string?)told["outcome"], (string?)told["api_call"]!["endpoint"]));

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in as somebody else" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "rob" }).ClickAsync();
        await Expect(tab.Heading("Overview")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_answer_that_this_browser_did_not_ask_for_signs_nobody_in()
    {
        await using var tab = await instance.OpenAsync();
        await tab.Page.GotoAsync("/sign-in/oidc/callback?code=stolen&state=made-up");
        await Expect(tab.Page.GetByText("This browser has begun no sign-in")).ToBeVisibleAsync();

        await tab.Page.GotoAsync("/sign-in/oidc");
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "ada" })).ToBeVisibleAsync();
        await tab.Page.GotoAsync("/sign-in/oidc/callback?code=stolen&state=made-up");

        await Expect(tab.Page.GetByText("This is the answer to another sign-in")).ToBeVisibleAsync();
        Assert.Equal(401, (await tab.Page.APIRequest.GetAsync("/v1/session")).Status);
    }

    private static async Task SignInAsync(Tab tab, string user)
    {
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Example Login" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = user, Exact = true }).ClickAsync();
    }

    private static async Task<JsonNode> SessionAsync(Tab tab) => JsonNode.Parse(await (await tab.Page.APIRequest.GetAsync("/v1/session")).TextAsync())!;

    /// <summary>Own events reach their ledger within a second.</summary>
    private async Task<JsonNode> ToldAsync(string action, string actor)
    {
        var path = "/v1/audit/events?tenant_id=_sluice&filter=" + Uri.EscapeDataString($"action EQ \"{action}\" AND actor.id EQ \"{actor}\"");
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(15); await Task.Delay(50))
        {
            if ((await instance.Server.Client.GetAsync(path)).Expect(200).Json["events"]!.AsArray() is [{ } told, ..]) return told;
        }

        throw new TimeoutException($"There is no {action} of {actor}.");
    }
}
