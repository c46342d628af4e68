using System.Globalization;
using System.Numerics;

namespace Sluice.Query.Filters;

/// <summary>
/// A number that a filter names. Stored numbers are exact as doubles, a filter's may not be (9007199254740993): it keeps to which side
/// of its double it lies, so that no comparison is off by the rounding.
/// </summary>
internal readonly record struct FilterNumber(double Nearest, int Side)
{
    public static bool TryParse(string text, out FilterNumber number)
    {
        number = default;
        if (text.Length == 0 || NumberText.LengthAt(text) != text.Length) return false;
        var nearest = double.Parse(text, CultureInfo.InvariantCulture);
        number = new FilterNumber(nearest, double.IsFinite(nearest) ? SideOf(text, nearest) : 0);
        return true;
    }

    /// <summary>Below zero when the stored number is less than this one.</summary>
    public int CompareStored(double stored)
    {
        var order = stored.CompareTo(Nearest);
        return order != 0 ? order : -Side;
    }

    /// <summary>The least whole number that is not below this one.</summary>
    public long Ceiling()
    {
        var whole = Math.Ceiling(Nearest);
        return Clamp(whole) + (whole == Nearest && Side > 0 ? 1 : 0);
    }

    /// <summary>The greatest whole number that is not above this one.</summary>
    public long Floor()
    {
        var whole = Math.Floor(Nearest);
        return Clamp(whole) - (whole == Nearest && Side < 0 ? 1 : 0);
    }

    private static long Clamp(double whole) => whole <= -1 ? -1 : whole >= 1L << 62 ? 1L << 62 : (long)whole;

    private static int SideOf(string text, double nearest)
    {
        var (a, aExponent) = NumberText.Split(text);
        var (b, bExponent) = NumberText.Split(nearest.ToString("R", CultureInfo.InvariantCulture));
        var least = Math.Min(aExponent, bExponent);
        if (a.IsZero || b.IsZero) return a.Sign - b.Sign;
        return (a * BigInteger.Pow(10, aExponent - least)).CompareTo(b * BigInteger.Pow(10, bExponent - least));
    }
}
