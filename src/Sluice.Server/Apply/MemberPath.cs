namespace Sluice.Server.Apply;

/// <summary>Paths into a destination's members, as the API's errors spell them: <c>headers[0].value</c>.</summary>
internal static class MemberPath
{
    private static readonly char[] Steps = ['.', '['];

    /// <summary>The member itself.</summary>
    public static string First(string path) => path.Split(Steps)[0];

    /// <returns>The place of what the path leads to, else of the nearest that holds it.</returns>
    public static FilePlace? Find(Dictionary<string, FilePlace> places, string? path)
    {
        while (!string.IsNullOrEmpty(path))
        {
            if (places.TryGetValue(path, out var place)) return place;
            path = path[..Math.Max(0, path.LastIndexOfAny(Steps))];
        }

        return null;
    }
}
