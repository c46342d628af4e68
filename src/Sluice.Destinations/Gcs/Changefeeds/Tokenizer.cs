namespace Sluice.Destinations.Gcs.Changefeeds;

/// <summary>Cuts SQL into tokens, comments left out.</summary>
internal sealed class Tokenizer(SourceText source)
{
    private readonly string _text = source.Text;
    private int _at;

    public static IReadOnlyList<Token> Read(SourceText source)
    {
        var (tokenizer, tokens) = (new Tokenizer(source), new List<Token>());
        do tokens.Add(tokenizer.Next());
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private Token Next()
    {
        SkipBlanks();
        if (_at == _text.Length) return new Token(TokenKind.End, "", _at);
        return _text[_at] switch
        {
            '\'' => Quoted('\'', TokenKind.String),
            '"' => Quoted('"', TokenKind.QuotedName),
            var c when char.IsAsciiLetterOrDigit(c) || c == '_' => Word(),
            _ => Symbol(),
        };
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at])) _at++;
            else if (Begins("--")) _at = After("\n", _at) ?? _text.Length;
            else if (Begins("/*")) _at = After("*/", _at + 2) ?? throw source.Error(_at, "This comment does not end.", "*/");
            else return;
        }
    }

    private bool Begins(string what) => _text.AsSpan(_at).StartsWith(what, StringComparison.Ordinal);

    private int? After(string what, int from) => _text.IndexOf(what, Math.Min(from, _text.Length), StringComparison.Ordinal) is >= 0 and var found ? found + what.Length : null;

    private Token Quoted(char quote, TokenKind kind)
    {
        var start = _at++;
        while (true)
        {
            var end = _text.IndexOf(quote, _at);
            if (end < 0) throw source.Error(start, $"What begins with {quote} here does not end.", quote.ToString());
            _at = end + 1;
            if (_at == _text.Length || _text[_at] != quote) return new Token(kind, _text[(start + 1)..end], start);
            _at++;
        }
    }

    private Token Word()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '$')) _at++;
        return new Token(TokenKind.Word, _text[start.._at], start);
    }

    private Token Symbol()
    {
        var start = _at;
        if (Begins("<>") || Begins("!=")) _at += 2;
        else if (_text[_at] is ',' or '(' or ')' or ';' or '.' or '=' or '*') _at++;
        else throw source.Error(_at, "This character has no place here.", "a word, a string or one of , ( ) = ;");
        return new Token(TokenKind.Symbol, _text[start.._at], start);
    }
}
