using System.IO.Compression;
using System.Text.RegularExpressions;
using Sluice.Server.WebConsole;

namespace Sluice.Tests.Server.WebConsole;

/// <summary>How browsers get the console; what it then does is judged by a browser, in Sluice.EndToEnd.</summary>
public sealed partial class ConsoleTests
{
    private const string NeedsNode = "This was built without Node, and so without the console.";

    public static TheoryData<string> Paths =>
        ["/", "/sign-in", "/events", "/events/evt_1", "/destinations", "/destinations/new", "/destinations/siem_1", "/destinations/siem_1/edit", "/settings/audit/siem", "/admin/monitoring/audit-events/streams", "/admin/integrations/siem-export", "/integrity", "/access", "/nodes", "/settings", "/catalogue"];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Every_path_of_the_browser_is_the_page_with_a_policy_of_its_own(string path)
    {
        await using var server = await RunningServer.StartAsync();

        var (first, second) = (await server.CallAsync("GET", path, key: null), await server.CallAsync("GET", path, key: null));

        Assert.Equal((200, "text/html"), (first.Status, first.ContentType));
        var (nonce, other) = (Nonce().Match(Policy(first)).Groups[1].Value, Nonce().Match(Policy(second)).Groups[1].Value);
        Assert.NotEqual(nonce, other);
        Assert.Equal(
            $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            Policy(first));
        Assert.Equal(("nosniff", "DENY", "no-referrer", "no-cache, private"), (first.Headers["X-Content-Type-Options"], first.Headers["X-Frame-Options"], first.Headers["Referrer-Policy"], first.Headers["Cache-Control"]));
        Assert.DoesNotContain("__NONCE__", first.Text, StringComparison.Ordinal);
        if (ConsoleFiles.AreThere) Assert.Contains($"content=\"{nonce}\"", first.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_the_page_is_told_so_and_keeps_the_nonce_that_is_in_it()
    {
        await using var server = await RunningServer.StartAsync();
        var tag = (await server.CallAsync("GET", "/", key: null)).Headers["ETag"];

        var again = await server.CallAsync("GET", "/nodes", key: null, headers: ("If-None-Match", tag));
        var other = await server.CallAsync("GET", "/nodes", key: null, headers: ("If-None-Match", "W/\"of-another-version\""));

        Assert.Equal((304, "", false), (again.Status, again.Text, again.Headers.ContainsKey("Content-Security-Policy")));
        Assert.Equal(200, other.Status);
    }

    [Fact]
    public async Task A_head_says_what_a_get_would()
    {
        await using var server = await RunningServer.StartAsync();

        var (head, get) = (await server.CallAsync("HEAD", "/integrity", key: null), await server.CallAsync("GET", "/integrity", key: null));

        Assert.Equal((200, ""), (head.Status, head.Text));
        foreach (var name in new[] { "Content-Type", "Content-Length", "ETag", "Cache-Control" }) Assert.Equal(get.Headers[name], head.Headers[name]);
    }

    [Fact]
    public async Task Assets_come_compressed_as_the_browser_takes_them_and_stay_for_ever()
    {
        Assert.SkipUnless(ConsoleFiles.AreThere, NeedsNode);
        await using var server = await RunningServer.StartAsync();
        var script = Script().Match((await server.CallAsync("GET", "/", key: null)).Text).Groups[1].Value;

        var (plain, gzip, brotli) = (await AskAsync(server, script, "identity"), await AskAsync(server, script, "gzip, deflate"), await AskAsync(server, script, "gzip, deflate, br"));
        var refused = await AskAsync(server, script, "br;q=0, gzip");

        Assert.Equal("text/javascript; charset=utf-8", plain.Headers["Content-Type"]);
        Assert.All(new[] { plain, gzip, brotli }, answer => Assert.Equal(("public, max-age=31536000, immutable", "Accept-Encoding"), (answer.Headers["Cache-Control"], answer.Headers["Vary"])));
        Assert.Equal((false, "gzip", "br", "gzip"), (plain.Headers.ContainsKey("Content-Encoding"), gzip.Headers["Content-Encoding"], brotli.Headers["Content-Encoding"], refused.Headers["Content-Encoding"]));
        Assert.True(Length(brotli) < Length(gzip) && Length(gzip) < Length(plain) / 2, $"{Length(brotli)}, {Length(gzip)}, {Length(plain)}");
    }

    [Fact]
    public void What_is_compressed_is_the_same_file()
    {
        Assert.SkipUnless(ConsoleFiles.AreThere, NeedsNode);
        var names = typeof(ConsoleFiles).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("console/", StringComparison.Ordinal)).Select(name => name["console/".Length..]).ToList();

        foreach (var name in names.Where(name => names.Contains(name + ".br")))
        {
            var whole = Read(ConsoleFiles.Open(name)!);
            Assert.Equal(whole, Read(new BrotliStream(ConsoleFiles.Open(name + ".br")!, CompressionMode.Decompress)));
            Assert.Equal(whole, Read(new GZipStream(ConsoleFiles.Open(name + ".gz")!, CompressionMode.Decompress)));
        }
    }

    [Theory]
    [InlineData("/assets/nothing.js")]
    [InlineData("/assets/..%2findex.html")]
    [InlineData("/nothing")]
    [InlineData("/events/a/b")]
    [InlineData("/v1/nothing")]
    public async Task What_is_not_there_is_no_page(string path)
    {
        await using var server = await RunningServer.StartAsync();

        (await server.CallAsync("GET", path, key: null)).IsProblem(404, "not_found");
    }

    private static string Policy(Answer answer) => answer.Headers["Content-Security-Policy"];

    private static Task<Answer> AskAsync(RunningServer server, string path, string encodings) => server.CallAsync("GET", path, key: null, headers: ("Accept-Encoding", encodings));

    private static long Length(Answer answer) => long.Parse(answer.Headers["Content-Length"], System.Globalization.CultureInfo.InvariantCulture);

    private static byte[] Read(Stream stream)
    {
        using var from = stream;
        using var all = new MemoryStream();
        from.CopyTo(all);
        return all.ToArray();
    }

    [GeneratedRegex("'nonce-([A-Za-z0-9+/=]{24})'")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script type=\"module\"[^>]* src=\"(/assets/[^\"]+)\"")]
    private static partial Regex Script();
}
