using System.Globalization;
using System.Text;

namespace Sluice.GraphQL.Language;

/// <summary>Reads a string in quotes, on one line, with escapes.</summary>
internal sealed class StringReader(Cursor at)
{
    private readonly StringBuilder _text = new();

    public string Read()
    {
        at.Take(1);
        while (at.Current != '"')
        {
            if (at.IsAtEnd || at.IsAtLineEnd) throw at.Fault("Unterminated string.");
            if (at.IsAtHalfAPair) throw at.Fault($"Invalid character in a string: {Cursor.Describe(at.Current)}.");
            if (at.Current == '\\') TakeEscape();
            else _text.Append(at.Take(at.Width));
        }

        at.Take(1);
        return _text.ToString();
    }

    private void TakeEscape()
    {
        if (at.Peek(1) == 'u')
        {
            TakeUnicode();
            return;
        }

        _text.Append(at.Peek(1) switch
        {
            '"' or '\\' or '/' => at.Peek(1),
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => throw BadEscape(),
        });
        at.Take(2);
    }

    private void TakeUnicode()
    {
        var (code, length) = at.Peek(2) == '{' ? Braced() : (Hex(2, 4), 6);
        if (length == 6 && char.IsHighSurrogate((char)code) && at.Peek(6) == '\\' && at.Peek(7) == 'u')
        {
            var low = Hex(8, 4);
            if (low is < 0xDC00 or > 0xDFFF) throw BadEscape();
            (code, length) = (0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00), 12);
        }

        if (!Rune.TryCreate(code, out var rune)) throw BadEscape();
        _text.Append(rune.ToString());
        at.Take(length);
    }

    private (int Code, int Length) Braced()
    {
        var digits = 0;
        while (char.IsAsciiHexDigit(at.Peek(3 + digits)) && digits < 8) digits++;
        if (digits == 0 || at.Peek(3 + digits) != '}') throw BadEscape();
        return (Hex(3, digits), 4 + digits);
    }

    private int Hex(int from, int digits)
    {
        var text = string.Concat(Enumerable.Range(from, digits).Select(at.Peek));
        return uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && code <= 0x10FFFF ? (int)code : throw BadEscape();
    }

    private SyntaxException BadEscape() => at.Fault("Invalid escape in a string.");
}
