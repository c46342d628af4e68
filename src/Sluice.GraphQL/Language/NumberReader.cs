using System.Text;

namespace Sluice.GraphQL.Language;

/// <summary>Reads an integer or a decimal number.</summary>
internal sealed class NumberReader(Cursor at)
{
    private readonly StringBuilder _text = new();

    public Token Read()
    {
        var (location, kind) = (at.Location, TokenKind.Int);
        if (at.Current == '-') Take();
        if (at.Current == '0') TakeZero();
        else TakeDigits();
        if (at.Current == '.')
        {
            kind = TokenKind.Float;
            Take();
            TakeDigits();
        }

        if (at.Current is 'e' or 'E')
        {
            kind = TokenKind.Float;
            Take();
            if (at.Current is '+' or '-') Take();
            TakeDigits();
        }

        if (at.Current == '.' || Lexer.IsNameStart(at.Current)) throw NoDigit();
        return new Token(kind, _text.ToString(), location);
    }

    private void TakeZero()
    {
        Take();
        if (char.IsAsciiDigit(at.Current)) throw at.Fault($"A number does not begin with 0 and go on with {Cursor.Describe(at.Current)}.");
    }

    private void TakeDigits()
    {
        if (!char.IsAsciiDigit(at.Current)) throw NoDigit();
        _text.Append(at.TakeWhile(char.IsAsciiDigit));
    }

    private void Take() => _text.Append(at.Take(1));

    private SyntaxException NoDigit() => at.Fault($"Expected a digit, found {(at.IsAtEnd ? "the end of the document" : Cursor.Describe(at.Current))}.");
}
