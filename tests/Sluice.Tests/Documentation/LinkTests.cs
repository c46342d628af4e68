using System.Text.RegularExpressions;

namespace Sluice.Tests.Documentation;

public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => [.. Page.All()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_within_the_repository_lead_somewhere(string page)
    {
        foreach (var link in Link().Matches(new Page(page).Text).Select(match => match.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal)))
        {
            var (path, anchor) = link.Split('#') is [var file, var heading] ? (file, heading) : (link, null);
            var target = path.Length == 0 ? page : Path.GetRelativePath(Page.Root(), Path.GetFullPath(Path.Combine(Page.Root(), Path.GetDirectoryName(page)!, path)));
            Assert.True(Page.Exists(target) || Directory.Exists(Path.Combine(Page.Root(), target)), $"{page} links to {link}, which is not there.");
            if (anchor is not null) Assert.True(Headings(target).Contains(anchor), $"{page} links to {link}; {target} has no such heading.");
        }
    }

    private static IEnumerable<string> Headings(string page) => new Page(page).Text.Split('\n').Where(line => line.StartsWith('#'))
        .Select(line => NoAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();
}
