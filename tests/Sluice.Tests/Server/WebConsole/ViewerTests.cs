namespace Sluice.Tests.Server.WebConsole;

/// <summary>Who may show the viewer, by what browsers are told; what it then does is judged by a browser, in Sluice.EndToEnd.</summary>
public sealed class ViewerTests
{
    private const string App = "https://app.example.com";

    [Fact]
    public async Task Only_sites_that_the_setting_names_may_show_it()
    {
        await using var server = await RunningServer.StartAsync(new() { ["Sluice:Viewer:AllowedOrigins"] = $"{App}, http://localhost:3000" });

        var framed = await FramedAsync(server, $"{App}/account");
        var quiet = await FramedAsync(server, null);
        var refused = await FramedAsync(server, "https://other.example.com/");

        Assert.All(new[] { framed, quiet }, answer => Assert.EndsWith($"form-action 'self'; frame-ancestors {App} http://localhost:3000", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-", framed.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal((false, "cross-origin", "no-store", "no-referrer"), (framed.Headers.ContainsKey("X-Frame-Options"), framed.Headers["Cross-Origin-Resource-Policy"], framed.Headers["Cache-Control"], framed.Headers["Referrer-Policy"]));
        Assert.DoesNotContain("__", framed.Text, StringComparison.Ordinal);
        IsNotice(refused, "Sluice__Viewer__AllowedOrigins=https://other.example.com");
    }

    [Fact]
    public async Task Without_the_setting_no_site_may_and_the_frame_says_which_setting()
    {
        await using var server = await RunningServer.StartAsync();

        var alone = await server.CallAsync("GET", "/viewer", key: null);

        Assert.EndsWith("frame-ancestors 'none'", alone.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal("DENY", alone.Headers["X-Frame-Options"]);
        IsNotice(await FramedAsync(server, $"{App}/<script>"), $"Sluice__Viewer__AllowedOrigins={App}");
        IsNotice(await FramedAsync(server, null), "Sluice lets no other site show its viewer.");
    }

    [Fact]
    public async Task No_call_of_the_API_is_opened_to_other_sites()
    {
        await using var server = await RunningServer.StartAsync(new() { ["Sluice:Viewer:AllowedOrigins"] = App });

        foreach (var path in new[] { "/viewer", "/viewer.js", "/v1/audit/events", "/v1/viewer-tokens" })
        {
            foreach (var method in new[] { "GET", "OPTIONS" })
                Assert.DoesNotContain((await server.CallAsync(method, path, headers: ("Origin", App))).Headers.Keys, name => name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [InlineData("https://app.example.com/account")]
    [InlineData("https://*.example.com")]
    [InlineData("app.example.com")]
    [InlineData("https://app.example.com; script-src *")]
    [InlineData("https://me@app.example.com")]
    [InlineData("'self'")]
    [InlineData("*")]
    public async Task What_is_no_origin_stops_the_start(string origin)
    {
        var wrong = await Assert.ThrowsAsync<Sluice.Server.Configuration.SettingException>(() => RunningServer.StartAsync(new() { ["Sluice:Viewer:AllowedOrigins"] = origin }));

        Assert.Contains("Use origins, for example https://app.example.com", wrong.Message, StringComparison.Ordinal);
    }

    private static void IsNotice(Answer answer, string words)
    {
        Assert.Equal((200, "no-store"), (answer.Status, answer.Headers["Cache-Control"]));
        Assert.Matches("^default-src 'none'; style-src 'nonce-[A-Za-z0-9+/=]{24}'; frame-ancestors \\*$", answer.Headers["Content-Security-Policy"]);
        Assert.Contains(words, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", answer.Text, StringComparison.Ordinal);
    }

    private static Task<Answer> FramedAsync(RunningServer server, string? around) =>
        server.CallAsync("GET", "/viewer", key: null, headers: around is null ? [("Sec-Fetch-Dest", "iframe")] : [("Sec-Fetch-Dest", "iframe"), ("Referer", around)]);
}
