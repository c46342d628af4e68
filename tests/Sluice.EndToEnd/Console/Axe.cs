using System.Text.Json;
using Microsoft.Playwright;
using Sluice.EndToEnd.Documentation;

namespace Sluice.EndToEnd.Console;

/// <summary>axe-core judges whether everybody can use a page.</summary>
internal static class Axe
{
    private static readonly string Script = File.ReadAllText(Path.Combine(Repository.Root, "tests", "tools", "node_modules", "axe-core", "axe.min.js"));

    /// <returns>Serious findings, each with the element; run past the page's policy, as an extension would.</returns>
    public static Task<IReadOnlyList<string>> FindAsync(IPage page) => FindAsync(page.MainFrame);

    public static async Task<IReadOnlyList<string>> FindAsync(IFrame frame)
    {
        var text = await frame.EvaluateAsync<string>(
            $$"""async () => { {{Script}}; const { violations } = await axe.run(document, { resultTypes: ["violations"] }); return JSON.stringify(violations.flatMap(v => v.nodes.map(n => ({ impact: v.impact, what: v.id + ": " + n.html.slice(0, 200) + " " + n.failureSummary })))); }""");
        return [.. JsonDocument.Parse(text).RootElement.EnumerateArray()
            .Where(found => found.GetProperty("impact").GetString() is "serious" or "critical").Select(found => found.GetProperty("what").GetString()!)];
    }
}
