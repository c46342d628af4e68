namespace Sluice.Destinations.Files;

/// <summary>Files that destinations may write: below one folder, and reached through no link, which could lead anywhere.</summary>
internal static class OutputPath
{
    /// <summary>The file's full path; null when it would be elsewhere, or no file.</summary>
    /// <param name="path">Relative to the folder, or absolute and below it.</param>
    public static string? Find(string folder, string path)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        var below = path.StartsWith(root, StringComparison.Ordinal) ? path[root.Length..] : path;
        return below.Split('/').All(part => part is not ("" or "." or "..") && !part.Contains('\0')) ? root + below : null;
    }

    /// <summary>Makes the folders that the file is in.</summary>
    /// <exception cref="IOException">A link or something else stands in the way.</exception>
    public static void Prepare(string folder, string file)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        Directory.CreateDirectory(root);
        var parent = root;
        foreach (var part in file[(root.Length + 1)..].Split('/')[..^1])
        {
            parent = Path.Combine(parent, part);
            RefuseLink(parent);
            Directory.CreateDirectory(parent);
        }

        RefuseLink(file);
        if (Directory.Exists(file)) throw new IOException($"{file} is a folder: name a file.");
    }

    private static void RefuseLink(string path)
    {
        if (new FileInfo(path).LinkTarget is not null) throw new IOException($"{path} is a link, and links are not followed: put a file or folder there.");
    }
}
