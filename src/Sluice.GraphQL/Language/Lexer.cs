namespace Sluice.GraphQL.Language;

/// <summary>Cuts a text into tokens, one at a time.</summary>
internal sealed class Lexer(string text)
{
    private const string Punctuators = "!$&():=@[]{|}";

    private readonly Cursor _at = new(text);

    /// <exception cref="SyntaxException">No token begins here, or it does not end.</exception>
    public Token Next()
    {
        SkipIgnored();
        var (location, first) = (_at.Location, _at.Current);
        if (_at.IsAtEnd) return new Token(TokenKind.End, "", location);
        if (Punctuators.Contains(first)) return Punctuator(1, location);
        if (_at.StartsWith("...")) return Punctuator(3, location);
        if (IsNameStart(first)) return new Token(TokenKind.Name, _at.TakeWhile(IsNamePart), location);
        if (first == '-' || char.IsAsciiDigit(first)) return new NumberReader(_at).Read();
        if (_at.StartsWith("\"\"\"")) return new Token(TokenKind.BlockString, new BlockStringReader(_at).Read(), location);
        if (first == '"') return new Token(TokenKind.String, new StringReader(_at).Read(), location);
        throw _at.Fault($"Unexpected character {Cursor.Describe(first)}.");
    }

    public static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private Token Punctuator(int length, Location location) => new(TokenKind.Punctuator, _at.Take(length), location);

    private void SkipIgnored()
    {
        while (!_at.IsAtEnd)
        {
            if (_at.Current is ' ' or '\t' or ',' or '\r' or '\n' or '\uFEFF') _at.Take(1);
            else if (_at.Current == '#') SkipComment();
            else return;
        }
    }

    private void SkipComment()
    {
        while (!_at.IsAtEnd && !_at.IsAtLineEnd)
        {
            if (_at.IsAtHalfAPair) throw _at.Fault($"Unexpected character {Cursor.Describe(_at.Current)}.");
            _at.Take(_at.Width);
        }
    }
}
