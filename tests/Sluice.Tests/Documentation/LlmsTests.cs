using System.Text.RegularExpressions;
using Sluice.Tests.Server;

namespace Sluice.Tests.Documentation;

/// <summary><c>llms.txt</c> lists the documentation, and the server has what it lists.</summary>
public sealed partial class LlmsTests
{
    private static readonly Dictionary<string, string> Listed = Entry().Matches(new Page("docs/llms.txt").Text).ToDictionary(entry => entry.Groups[2].Value, entry => entry.Groups[1].Value);

    [Fact]
    public void Every_page_is_listed_by_its_title_and_nothing_else_is()
    {
        var pages = Page.All().Where(page => page.StartsWith("docs/", StringComparison.Ordinal)).ToList();

        Assert.Equal(pages.Order(), Listed.Keys.Order());
        Assert.All(pages, page => Assert.Equal(new Page(page).Text.Split('\n')[0], $"# {Listed[page]}"));
    }

    [Fact]
    public async Task The_server_answers_the_list_and_every_page_of_it_to_anybody()
    {
        await using var server = await RunningServer.StartAsync();

        var list = await server.CallAsync("GET", "/llms.txt", key: null);
        Assert.Equal((200, "text/plain", new Page("docs/llms.txt").Text), (list.Status, list.ContentType, list.Text));
        foreach (var page in Listed.Keys)
        {
            var answer = await server.CallAsync("GET", $"/{page}", key: null);
            Assert.Equal((200, "text/markdown", new Page(page).Text), (answer.Status, answer.ContentType, answer.Text));
        }

        (await server.CallAsync("GET", "/docs/../appsettings.json", key: null)).IsProblem(404, "not_found");
        (await server.CallAsync("GET", "/docs/nothing.md", key: null)).IsProblem(404, "not_found");
    }

    [GeneratedRegex(@"(?m)^- \[([^\]]+)\]\(([^)]+)\): .")]
    private static partial Regex Entry();
}
