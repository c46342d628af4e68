using System.Text;

namespace Sluice.Tests.Profiles;

/// <summary>Reads CEF as ArcSight's guide describes it: the header up to its seventh bar, then pairs whose keys stand before equals signs that are not escaped.</summary>
internal static class CefText
{
    /// <summary>The seven fields, unescaped, and the extension as it stands.</summary>
    public static string[] Header(string line)
    {
        var (fields, field) = (new List<string>(), new StringBuilder());
        var at = 0;
        for (; fields.Count < 7; at++)
        {
            if (line[at] == '\\') field.Append(line[++at]);
            else if (line[at] != '|') field.Append(line[at]);
            else
            {
                fields.Add(field.ToString());
                field.Clear();
            }
        }

        return [.. fields, line[at..]];
    }

    public static Dictionary<string, string> Pairs(string line)
    {
        var extension = Header(line)[7];
        var equals = Enumerable.Range(0, extension.Length).Where(i => extension[i] == '=' && Backslashes(extension, i) % 2 == 0).ToList();
        var pairs = new Dictionary<string, string>();
        for (var i = 0; i < equals.Count; i++)
        {
            var key = extension[(extension.LastIndexOf(' ', equals[i]) + 1)..equals[i]];
            var end = i + 1 == equals.Count ? extension.Length : extension.LastIndexOf(' ', equals[i + 1]);
            pairs.Add(key, Unescaped(extension[(equals[i] + 1)..end]));
        }

        return pairs;
    }

    public static string Unescaped(string value)
    {
        var text = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
            text.Append(value[i] != '\\' ? value[i] : value[++i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var other => other });
        return text.ToString();
    }

    private static int Backslashes(string text, int before)
    {
        var count = 0;
        while (count < before && text[before - count - 1] == '\\') count++;
        return count;
    }
}
