using System.Globalization;
using System.Numerics;

namespace Sluice.Query.Filters;

/// <summary>Numbers as JSON spells them.</summary>
internal static class NumberText
{
    /// <summary>How many characters from the start are one JSON number; 0 when none is.</summary>
    public static int LengthAt(ReadOnlySpan<char> text)
    {
        var at = text is ['-', ..] ? 1 : 0;
        var whole = Digits(text[at..]);
        if (whole == 0) return 0;
        at += text[at] == '0' ? 1 : whole;
        if (at < text.Length && text[at] == '.' && Digits(text[(at + 1)..]) is > 0 and var fraction) at += 1 + fraction;
        return at + Exponent(text[at..]);
    }

    /// <summary>Splits into <c>mantissa × 10^exponent</c>. An exponent beyond any double's is cut off there.</summary>
    public static (BigInteger Mantissa, int Exponent) Split(string number)
    {
        var exponentAt = number.AsSpan().IndexOfAny('e', 'E');
        var digits = exponentAt < 0 ? number : number[..exponentAt];
        var exponent = exponentAt < 0 ? BigInteger.Zero : BigInteger.Parse(number.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = digits.IndexOf('.');
        if (point >= 0)
        {
            exponent -= digits.Length - point - 1;
            digits = digits.Remove(point, 1);
        }

        var mantissa = BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return (mantissa, (int)BigInteger.Clamp(exponent, -20_000, 20_000));
    }

    private static int Exponent(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] is not ('e' or 'E')) return 0;
        var sign = text.Length > 1 && text[1] is '+' or '-' ? 1 : 0;
        var digits = Digits(text[(1 + sign)..]);
        return digits == 0 ? 0 : 1 + sign + digits;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var other = text.IndexOfAnyExceptInRange('0', '9');
        return other < 0 ? text.Length : other;
    }
}
