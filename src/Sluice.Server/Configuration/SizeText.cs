using System.Globalization;

namespace Sluice.Server.Configuration;

/// <summary>Sizes as people write them: <c>64MiB</c>, <c>1 GiB</c>, <c>1048576</c>.</summary>
internal static class SizeText
{
    private static readonly (string Suffix, long Unit)[] Units = [("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10), ("", 1)];

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        text = text.Trim();
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        var unit = Units.FirstOrDefault(unit => unit.Suffix.Equals(text[digits..].Trim(), StringComparison.OrdinalIgnoreCase)).Unit;
        if (unit == 0 || !long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        if (number > long.MaxValue / unit) return false;
        bytes = number * unit;
        return true;
    }

    public static string Of(long bytes)
    {
        var (suffix, unit) = Units.First(unit => bytes >= unit.Unit && bytes % unit.Unit == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / unit}{suffix}");
    }
}
