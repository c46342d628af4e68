using Sluice.Delivery.Definitions;

namespace Sluice.Destinations.Objects;

/// <summary>What stands before the names of a destination's objects: folders, as users see them.</summary>
internal static class ObjectPrefix
{
    /// <summary>A name has 1,024 bytes at most; this leaves enough for the rest.</summary>
    private const int Longest = 512;

    public static void Check(string prefix)
    {
        if (Problem(prefix) is { } problem) throw DefinitionException.Value("prefix", problem);
    }

    /// <returns>Null when it can be one.</returns>
    public static string? Problem(string prefix)
    {
        if (prefix.Length == 0) return null;
        if (prefix.Length > Longest || !prefix.All(c => char.IsAsciiLetterOrDigit(c) || "!_.=/+@:,-".Contains(c)))
            return $"A prefix has at most {Longest} of the characters A-Z a-z 0-9 ! _ . = / + @ : , -";
        // Clients and proxies resolve "." and ".."; two slashes make a folder without a name.
        return prefix.TrimEnd('/').Split('/').Any(folder => folder is "" or "." or "..") ? "A prefix has no folder named \"\", \".\" or \"..\": audit/prod, not /audit or audit//prod." : null;
    }

    /// <summary>The name below the prefix, and below the folder of tests or of a replay.</summary>
    public static string Join(string prefix, string? folder, string name)
    {
        var path = prefix.TrimEnd('/');
        if (path.Length > 0) path += "/";
        return folder is null ? path + name : $"{path}{folder}/{name}";
    }
}
