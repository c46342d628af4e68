namespace Sluice.GraphQL.Language;

/// <summary>A place in a text that moves forward, and knows its line and column.</summary>
internal sealed class Cursor(string text)
{
    private int _position;
    private int _line = 1;
    private int _lineStart;

    public bool IsAtEnd => _position >= text.Length;

    /// <summary>U+0000 at the end, which is refused anywhere else.</summary>
    public char Current => IsAtEnd ? '\0' : text[_position];

    public Location Location => new(_line, _position - _lineStart + 1);

    public bool IsAtLineEnd => Current is '\n' or '\r';

    /// <summary>Code units of the character here.</summary>
    public int Width => IsAtPair ? 2 : 1;

    /// <summary>Half of a surrogate pair stands here alone: no character.</summary>
    public bool IsAtHalfAPair => char.IsSurrogate(Current) && !IsAtPair;

    private bool IsAtPair => _position + 1 < text.Length && char.IsSurrogatePair(text[_position], text[_position + 1]);

    public char Peek(int distance) => _position + distance < text.Length ? text[_position + distance] : '\0';

    public bool StartsWith(string expected) => string.CompareOrdinal(text, _position, expected, 0, expected.Length) == 0;

    public string Take(int length)
    {
        var taken = text.Substring(_position, length);
        for (var i = 0; i < length; i++) Advance();
        return taken;
    }

    public string TakeWhile(Func<char, bool> belongs)
    {
        var end = _position;
        while (end < text.Length && belongs(text[end])) end++;
        return Take(end - _position);
    }

    public SyntaxException Fault(string message) => new(Location, $"Syntax error: {message}");

    public static string Describe(char c) => c is > ' ' and < '\u007f' ? $"\"{c}\"" : $"U+{(int)c:X4}";

    private void Advance()
    {
        var c = text[_position++];
        var isLineEnd = c == '\n' || (c == '\r' && Current != '\n');
        if (!isLineEnd) return;
        _line++;
        _lineStart = _position;
    }
}
