using System.Text;

namespace Sluice.Query.Filters;

/// <summary>Cuts a filter into words, one ahead of the parser.</summary>
internal sealed class FilterTokenizer
{
    private readonly string _text;
    private int _at;

    public FilterTokenizer(string text)
    {
        _text = text;
        Current = Read();
    }

    public FilterToken Current { get; private set; }

    public FilterToken Take()
    {
        var taken = Current;
        Current = Read();
        return taken;
    }

    public bool TryTake(TokenKind kind)
    {
        if (Current.Kind != kind) return false;
        Take();
        return true;
    }

    public bool TryTake(string keyword)
    {
        if (!Current.Is(keyword)) return false;
        Take();
        return true;
    }

    public FilterSyntaxException Unexpected(string expected) =>
        new(Current.At, expected, $"Expected {expected}, found {Current.Shown}.");

    private FilterToken Read()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\r' or '\n') _at++;
        if (_at == _text.Length) return new FilterToken(TokenKind.End, _at, "");
        var first = _text[_at];
        if (char.IsAsciiLetter(first) || first == '_') return Name();
        if (char.IsAsciiDigit(first) || first == '-') return Number();
        return first switch
        {
            '"' => Quoted(),
            '(' => Symbol(TokenKind.Open, 1),
            ')' => Symbol(TokenKind.Close, 1),
            ',' => Symbol(TokenKind.Comma, 1),
            '.' => Symbol(TokenKind.Dot, 1),
            '=' => Symbol(TokenKind.Operator, 1),
            '<' or '>' => Symbol(TokenKind.Operator, Next('=') ? 2 : 1),
            '!' when Next('=') => Symbol(TokenKind.Operator, 2),
            _ => throw new FilterSyntaxException(_at, "a word of the filter language", "This character has no meaning here. Texts stand in double quotes."),
        };
    }

    private bool Next(char c) => _at + 1 < _text.Length && _text[_at + 1] == c;

    private FilterToken Symbol(TokenKind kind, int length)
    {
        var token = new FilterToken(kind, _at, _text.Substring(_at, length));
        _at += length;
        return token;
    }

    private FilterToken Name()
    {
        var length = 1;
        while (_at + length < _text.Length && IsNamePart(_text[_at + length])) length++;
        return Symbol(TokenKind.Name, length);
    }

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    private FilterToken Number()
    {
        var length = NumberText.LengthAt(_text.AsSpan(_at));
        if (length == 0) throw new FilterSyntaxException(_at, "a number", "This is no number. Write it as in JSON: -12, 0.5, 1e3.");
        return Symbol(TokenKind.Number, length);
    }

    private FilterToken Quoted()
    {
        var text = new StringBuilder();
        for (var i = _at + 1; i < _text.Length; i++)
        {
            if (_text[i] == '"') return Close(text, i);
            if (_text[i] == '\\' && (++i == _text.Length || _text[i] is not ('"' or '\\')))
                throw new FilterSyntaxException(i - 1, "\\\" or \\\\", "A backslash stands only before a quote or another backslash.");
            text.Append(_text[i]);
        }

        throw new FilterSyntaxException(_text.Length, "\"", $"The text that begins in column {_at + 1} is not closed.");
    }

    private FilterToken Close(StringBuilder text, int last)
    {
        var token = new FilterToken(TokenKind.Quoted, _at, text.ToString());
        _at = last + 1;
        return token;
    }
}
