using System.Text.RegularExpressions;

namespace Sluice.Server.SelfAudit;

/// <summary>Hides what looks like one of Sluice's access keys or viewer tokens, wherever it came to stand.</summary>
internal static partial class KeyMask
{
    public const string Mask = "***";

    public static string Masked(string text) =>
        text.Contains("slc_", StringComparison.OrdinalIgnoreCase) || text.Contains("slv_", StringComparison.OrdinalIgnoreCase) ? Keys().Replace(text, Mask) : text;

    [GeneratedRegex("(slc_(live|test)|slv)_[A-Za-z0-9_-]*", RegexOptions.IgnoreCase)]
    private static partial Regex Keys();
}
