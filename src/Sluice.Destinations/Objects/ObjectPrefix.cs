using Sluice.Delivery.Definitions;

namespace Sluice.Destinations.Objects;

/// <summary>What stands before the names of a destination's objects: folders, as users see them.</summary>
internal static class ObjectPrefix
{
    /// <summary>A name has 1,024 bytes at most; this leaves enough for the rest.</summary>
    private const int Longest = 512;

    public static void Check(string prefix, string field = "prefix")
    {
        if (prefix.Length == 0) return;
        if (prefix.Length > Longest || !prefix.All(c => char.IsAsciiLetterOrDigit(c) || "!_.=/+@:,-".Contains(c)))
            throw DefinitionException.Value(field, $"{field} has at most {Longest} of the characters A-Z a-z 0-9 ! _ . = / + @ : , -");
        // Clients and proxies resolve "." and ".."; two slashes make a folder without a name.
        if (prefix.TrimEnd('/').Split('/').Any(folder => folder is "" or "." or ".."))
            throw DefinitionException.Value(field, $"{field} has no folder named \"\", \".\" or \"..\": audit/prod, not /audit or audit//prod.");
    }

    /// <summary>The name below the prefix, and below the folder of tests or of a replay.</summary>
    public static string Join(string prefix, string? folder, string name)
    {
        var path = prefix.TrimEnd('/');
        if (path.Length > 0) path += "/";
        return folder is null ? path + name : $"{path}{folder}/{name}";
    }
}
