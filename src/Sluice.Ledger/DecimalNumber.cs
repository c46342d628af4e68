namespace Sluice.Ledger;

/// <summary>A JSON number taken apart: ± 0.d₁d₂…dₙ × 10^Point, without leading or trailing zeros; no digits mean zero.</summary>
internal readonly record struct DecimalNumber(bool Negative, int Count, long Point)
{
    /// <summary>No double needs more digits, so a number with more cannot be exact.</summary>
    public const int MaxDigits = 17;

    // Far beyond any double, and far from overflow when a text's length is added.
    private const long HugeExponent = 1L << 40;

    /// <summary>False when it is not spelled as JSON spells numbers ("E+21" too), or has more than 17 significant digits.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, Span<byte> digits, out DecimalNumber number)
    {
        number = default;
        var negative = text.Length > 0 && text[0] == '-';
        if (negative)
            text = text[1..];

        var whole = TakeDigits(ref text);
        if (whole.Length == 0 || (whole.Length > 1 && whole[0] == '0'))
            return false;

        var fraction = ReadOnlySpan<byte>.Empty;
        if (text.Length > 0 && text[0] == '.')
        {
            text = text[1..];
            fraction = TakeDigits(ref text);
            if (fraction.Length == 0)
                return false;
        }
        return TryTakeExponent(text, out var exponent)
            && TryCollect(whole, fraction, digits, out var count, out var point)
            && Assign(out number, new(negative && count > 0, count, count == 0 ? 0 : point + exponent));
    }

    private static bool Assign(out DecimalNumber number, DecimalNumber value)
    {
        number = value;
        return true;
    }

    private static ReadOnlySpan<byte> TakeDigits(scoped ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        return digits;
    }

    private static bool TryTakeExponent(ReadOnlySpan<byte> text, out long exponent)
    {
        exponent = 0;
        if (text.Length == 0)
            return true;
        if ((text[0] | 0x20) != 'e')
            return false;

        text = text[1..];
        var negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
            text = text[1..];
        var digits = TakeDigits(ref text);
        foreach (var digit in digits)
            exponent = Math.Min((exponent * 10) + digit - '0', HugeExponent);
        if (negative)
            exponent = -exponent;
        return digits.Length > 0 && text.Length == 0;
    }

    private static bool TryCollect(
        ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, Span<byte> digits, out int count, out long point)
    {
        count = 0;
        whole = whole.TrimStart((byte)'0');
        fraction = fraction.TrimEnd((byte)'0');
        point = whole.Length;
        if (fraction.Length == 0)
            whole = whole.TrimEnd((byte)'0');
        if (point == 0)
        {
            var significant = fraction.TrimStart((byte)'0');
            point = significant.Length - fraction.Length;
            fraction = significant;
        }
        if (whole.Length + fraction.Length > MaxDigits)
            return false;

        whole.CopyTo(digits);
        fraction.CopyTo(digits[whole.Length..]);
        count = whole.Length + fraction.Length;
        return true;
    }
}
