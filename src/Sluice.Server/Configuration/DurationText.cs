using System.Globalization;

namespace Sluice.Server.Configuration;

/// <summary>Durations as people write them: <c>90s</c>, <c>24h</c>, <c>7d</c>; also <c>1.12:00:00</c>. A bare number has no unit and is none.</summary>
internal static class DurationText
{
    private static readonly (string Suffix, TimeSpan Unit)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1)),
    ];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        text = text.Trim();
        if (text.Contains(':')) return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration);
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var unit = Units.FirstOrDefault(unit => unit.Suffix.Equals(text[digits..].Trim(), StringComparison.OrdinalIgnoreCase)).Unit;
        if (unit == default || !double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
        if (number * unit.TotalDays > TimeSpan.MaxValue.TotalDays / 2) return false;
        duration = number * unit;
        return true;
    }

    /// <summary>In the largest unit that needs no fraction.</summary>
    public static string Of(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero) return "0s";
        var (suffix, unit) = Units.Last(unit => unit.Suffix == "ms" || (duration >= unit.Unit && duration.Ticks % unit.Unit.Ticks == 0 && (unit.Suffix != "d" || duration.TotalDays > 1)));
        return string.Create(CultureInfo.InvariantCulture, $"{duration / unit}{suffix}");
    }
}
