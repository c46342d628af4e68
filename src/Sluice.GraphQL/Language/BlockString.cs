namespace Sluice.GraphQL.Language;

internal static class BlockString
{
    /// <summary>Takes away what indents all lines but the first, and blank lines at both ends.</summary>
    public static IEnumerable<string> Dedent(IReadOnlyList<string> lines)
    {
        var common = lines.Skip(1).Where(line => !IsBlank(line)).Select(Indentation).DefaultIfEmpty(0).Min();
        var dedented = lines.Select((line, i) => i == 0 ? line : line[Math.Min(common, line.Length)..]).ToList();
        var first = dedented.FindIndex(line => !IsBlank(line));
        if (first < 0) return [];
        var last = dedented.FindLastIndex(line => !IsBlank(line));
        return dedented.Skip(first).Take(last - first + 1);
    }

    private static int Indentation(string line) => line.TakeWhile(c => c is ' ' or '\t').Count();

    private static bool IsBlank(string line) => Indentation(line) == line.Length;
}
