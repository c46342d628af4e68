using System.Text.RegularExpressions;

namespace Sluice.Server.Dialects.GitLab.Streams;

/// <summary>Namespace filters as a destination's filter: <c>tenant_id IN ("a", "b")</c>.</summary>
internal static partial class NamespaceCondition
{
    /// <returns>The tenants; none without a filter; null for a filter that somebody wrote who thought of something else.</returns>
    public static IReadOnlyList<string>? Read(string? filter)
    {
        if (filter is null) return [];
        var form = Form().Match(filter);
        return form.Success ? [.. form.Groups["path"].Captures.Select(path => Escape().Replace(path.Value, "$1"))] : null;
    }

    public static string? Spell(IReadOnlyCollection<string> paths) =>
        paths.Count == 0 ? null : $"tenant_id IN ({string.Join(", ", paths.Select(path => $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""))})";

    [GeneratedRegex("""^tenant_id IN \("(?<path>(?:[^"\\]|\\.)*)"(?:, "(?<path>(?:[^"\\]|\\.)*)")*\)\z""", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();
}
