using System.Text;

namespace Sluice.Sources.CloudTrail;

/// <summary>Which action a record is: <c>iam.amazonaws.com</c>, <c>CreateUser</c> → <c>iam.create_user</c>.</summary>
internal static class CloudTrailAction
{
    private const string Suffix = ".amazonaws.com";

    public static string Service(string eventSource) => eventSource.EndsWith(Suffix, StringComparison.Ordinal) ? eventSource[..^Suffix.Length] : eventSource;

    public static string Of(string eventSource, string eventName) => $"{SnakeCase(Service(eventSource))}.{SnakeCase(eventName)}";

    /// <summary>
    /// Words in small letters joined by <c>_</c>. A word begins at a capital after a small letter or digit, and at the last capital of a run
    /// (<c>DBInstances</c> → <c>db_instances</c>) unless only a plural s follows (<c>VPCs</c> → <c>vpcs</c>). Digits stay with what they
    /// follow (<c>V2</c> → <c>v2</c>). Everything that is neither letter nor digit separates.
    /// </summary>
    public static string SnakeCase(string name)
    {
        var words = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(name[i])) Separate(words);
            else
            {
                if (BeginsWord(name, i)) Separate(words);
                words.Append(char.ToLowerInvariant(name[i]));
            }
        }

        return words.ToString().TrimEnd('_');
    }

    private static bool BeginsWord(string name, int i)
    {
        if (i == 0 || !char.IsAsciiLetterUpper(name[i])) return false;
        if (!char.IsAsciiLetterUpper(name[i - 1])) return true;
        return i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1]) && !IsPluralEnd(name, i + 1);
    }

    private static bool IsPluralEnd(string name, int i) => name[i] == 's' && (i + 1 == name.Length || char.IsAsciiLetterUpper(name[i + 1]));

    private static void Separate(StringBuilder words)
    {
        if (words.Length > 0 && words[^1] != '_') words.Append('_');
    }
}
