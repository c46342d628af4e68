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

    /// <summary>
    /// Makes everything at the root findable from another folder; <c>./sluice</c> is the program under test there, and <c>.commands</c> holds a
    /// <c>curl</c> that fails on an error status.
    /// </summary>
    public static void LinkInto(string folder)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(Root))
        {
            var name = Path.GetFileName(entry);
            if (name is not ("sluice" or "data") && name[0] != '.') File.CreateSymbolicLink(Path.Combine(folder, name), entry);
        }

        Command(Path.Combine(folder, "sluice"), $"""
            if [ "$1" = import ] || [ "$1" = apply ]; then set -- "$@" --url "$SLUICE_URL"; fi
            exec dotnet '{Executable.Path}' "$@"
            """);
        Directory.CreateDirectory(Path.Combine(folder, ".commands"));
        Command(Path.Combine(folder, ".commands", "curl"), """
            PATH=${PATH#*:}
            exec curl --fail-with-body "$@"
            """);
    }

    private static void Command(string path, string script)
    {
        File.WriteAllText(path, $"#!/usr/bin/env bash\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Sluice.slnx")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run from within the repository."));
}
