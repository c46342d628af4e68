using System.Runtime.CompilerServices;

namespace Sluice.Tests.Documentation;

/// <summary>A page of <c>docs/</c>, as far as tests look into it.</summary>
internal sealed class Page(string path)
{
    public string Text { get; } = File.ReadAllText(Path.Combine(Root(), path));

    /// <summary>The cells of every table row that begins with a name in code.</summary>
    public IEnumerable<string[]> Rows() => Text.Split('\n')
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal) || line.StartsWith("| **`", StringComparison.Ordinal))
        .Select(line => line.Trim('|', ' ').Split(" | ").Select(cell => cell.Trim()).ToArray());

    public static bool Exists(string path) => File.Exists(Path.Combine(Root(), path));

    /// <summary>The place of a file or folder of the repository.</summary>
    public static string PathOf(string name) => Path.Combine(Root(), name);

    public static IEnumerable<string> All()
    {
        foreach (var page in Directory.EnumerateFiles(Root(), "*.md")) yield return Path.GetRelativePath(Root(), page);
        foreach (var page in Directory.EnumerateFiles(Path.Combine(Root(), "docs"), "*.md", SearchOption.AllDirectories)) yield return Path.GetRelativePath(Root(), page);
    }

    public static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
