using System.Globalization;

namespace Sluice.Ledger;

/// <summary>Numbers as ECMAScript prints doubles (RFC 8785 §3.2.2.3), refused where that would change their decimal value.</summary>
internal static class CanonicalNumber
{
    /// <summary>"-0.0000012345678901234567" is the longest form.</summary>
    public const int MaxLength = 32;

    /// <summary>Decimals of so many digits never collide as doubles, so the shortest spelling has just these digits.</summary>
    private const int SafeDigits = 15;

    /// <summary>Powers of ten within this are far from overflow and from the thin precision near zero.</summary>
    private const int SafeExponent = 290;

    public static bool TryWrite(ReadOnlySpan<byte> raw, Span<byte> destination, out int written)
    {
        if (IsShortInteger(raw))
        {
            raw.CopyTo(destination);
            written = raw.Length;
            return true;
        }

        written = 0;
        Span<byte> digits = stackalloc byte[DecimalNumber.MaxDigits];
        if (!DecimalNumber.TryParse(raw, digits, out var number) || !IsExact(raw, number, digits))
            return false;

        written = Print(number, digits[..number.Count], destination);
        return true;
    }

    private static bool IsShortInteger(ReadOnlySpan<byte> raw)
    {
        var digits = raw.Length > 0 && raw[0] == '-' ? raw[1..] : raw;
        return digits.Length is > 0 and <= SafeDigits
            && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && (digits[0] != '0' || raw.Length == 1);
    }

    private static bool IsExact(ReadOnlySpan<byte> raw, in DecimalNumber number, ReadOnlySpan<byte> digits)
    {
        if (number.Count == 0 || (number.Count <= SafeDigits && Math.Abs(number.Point) <= SafeExponent))
            return true;

        Span<byte> shortest = stackalloc byte[MaxLength];
        Span<byte> shortestDigits = stackalloc byte[DecimalNumber.MaxDigits];
        return double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
            && value.TryFormat(shortest, out var length, "R", CultureInfo.InvariantCulture)
            && DecimalNumber.TryParse(shortest[..length], shortestDigits, out var kept)
            && kept.Point == number.Point
            && shortestDigits[..kept.Count].SequenceEqual(digits[..number.Count]);
    }

    private static int Print(in DecimalNumber number, ReadOnlySpan<byte> digits, Span<byte> destination)
    {
        if (number.Count == 0)
        {
            destination[0] = (byte)'0';
            return 1;
        }

        var sign = 0;
        if (number.Negative)
            destination[sign++] = (byte)'-';
        var rest = destination[sign..];
        var point = (int)number.Point;
        return sign + point switch
        {
            > 0 and <= 21 => PrintPlain(digits, point, rest),
            > -6 and <= 0 => PrintFraction(digits, point, rest),
            _ => PrintExponent(digits, point - 1, rest),
        };
    }

    private static int PrintPlain(ReadOnlySpan<byte> digits, int point, Span<byte> destination)
    {
        if (digits.Length <= point)
        {
            digits.CopyTo(destination);
            destination[digits.Length..point].Fill((byte)'0');
            return point;
        }
        digits[..point].CopyTo(destination);
        destination[point] = (byte)'.';
        digits[point..].CopyTo(destination[(point + 1)..]);
        return digits.Length + 1;
    }

    private static int PrintFraction(ReadOnlySpan<byte> digits, int point, Span<byte> destination)
    {
        var start = 2 - point;
        "0.00000"u8[..start].CopyTo(destination);
        digits.CopyTo(destination[start..]);
        return start + digits.Length;
    }

    private static int PrintExponent(ReadOnlySpan<byte> digits, int exponent, Span<byte> destination)
    {
        var length = digits.Length > 1 ? PrintPlain(digits, 1, destination) : PrintPlain(digits, digits.Length, destination);
        destination[length++] = (byte)'e';
        destination[length++] = (byte)(exponent < 0 ? '-' : '+');
        Math.Abs(exponent).TryFormat(destination[length..], out var written, default, CultureInfo.InvariantCulture);
        return length + written;
    }
}
