namespace Sluice.Tests.Documentation;

public sealed class OperatingPageTests
{
    private static readonly string Sources = string.Concat(
        Directory.EnumerateFiles(Path.Combine(Page.Root(), "src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

    /// <summary>The first cells of the table below <c>## Log lines</c>.</summary>
    public static TheoryData<string> LogLines
    {
        get
        {
            var text = new Page("docs/operating.md").Text;
            var table = text[text.IndexOf("## Log lines", StringComparison.Ordinal)..].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal));
            return [.. table.Select(line => line.Split('`')[1])];
        }
    }

    [Theory]
    [MemberData(nameof(LogLines))]
    public void A_log_line_on_the_page_is_one_that_the_program_writes(string line) =>
        Assert.All(line.Replace("sluice: ", "", StringComparison.Ordinal).Split('…').Where(part => part.Trim().Length > 0), part => Assert.Contains(part, Sources, StringComparison.Ordinal));
}
