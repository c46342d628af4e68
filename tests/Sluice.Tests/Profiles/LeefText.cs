namespace Sluice.Tests.Profiles;

/// <summary>Reads LEEF 2.0: a header of six fields, then pairs between the delimiter that it names.</summary>
internal static class LeefText
{
    public static Dictionary<string, string> Pairs(string line)
    {
        var fields = line.Split('|', 7);
        Assert.Equal(("LEEF:2.0", "x09"), (fields[0], fields[5]));
        return fields[6].Split('\t').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => CefText.Unescaped(pair[1]));
    }
}
