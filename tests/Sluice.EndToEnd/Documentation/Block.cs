using System.Text.RegularExpressions;

namespace Sluice.EndToEnd.Documentation;

/// <summary>Commands of a page, as a reader would copy them.</summary>
/// <param name="Line">Where the block begins, counted from 1.</param>
internal sealed record Block(string Page, int Line, string Commands)
{
    /// <summary>The fence of a block that is run: <c>```bash</c> and nothing behind it.</summary>
    private static readonly Regex Opening = new(@"^\s*```bash\s*$"), AnyOpening = new(@"^\s*```\S"), Closing = new(@"^\s*```\s*$");

    public static IReadOnlyList<Block> Of(string page, string[] lines)
    {
        var blocks = new List<Block>();
        for (var at = 0; at < lines.Length; at++)
        {
            if (!AnyOpening.IsMatch(lines[at])) continue;
            var (isRun, start) = (Opening.IsMatch(lines[at]), at + 1);
            var indent = lines[at].Length - lines[at].TrimStart().Length;
            for (at++; at < lines.Length && !Closing.IsMatch(lines[at]);) at++;
            var commands = lines[start..at].Select(line => line.Length >= indent ? line[indent..] : line);
            if (isRun) blocks.Add(new Block(page, start, string.Join('\n', commands)));
        }

        return blocks;
    }
}
