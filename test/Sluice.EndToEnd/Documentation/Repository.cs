using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Documentation;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Paths of all pages, from the root.</summary>
    public static IEnumerable<string> Pages()
    {
        if (File.Exists(Path.Combine(Root, "README.md"))) yield return "README.md";
        var docs = Path.Combine(Root, "docs");
        if (!Directory.Exists(docs)) yield break;
        foreach (var page in Directory.EnumerateFiles(docs, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)) yield return Path.GetRelativePath(Root, page);
    }

    /// <summary>Makes everything at the root findable from another folder, and <c>./sluice</c> the program under test.</summary>
    public static void LinkInto(string folder)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(Root))
        {
            var name = Path.GetFileName(entry);
            if (name is not ("sluice" or "data") && name[0] != '.') File.CreateSymbolicLink(Path.Combine(folder, name), entry);
        }

        var program = Path.Combine(folder, "sluice");
        File.WriteAllText(program, $"#!/usr/bin/env bash\nexec dotnet '{Executable.Path}' \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Sluice.slnx")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run from within the repository."));
}
