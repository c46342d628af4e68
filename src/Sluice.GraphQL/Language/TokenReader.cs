namespace Sluice.GraphQL.Language;

/// <summary>Tokens with one looked ahead, and the steps that all of the grammar is made of.</summary>
internal sealed class TokenReader
{
    private readonly Lexer _lexer;

    public TokenReader(string text)
    {
        _lexer = new Lexer(text);
        Current = _lexer.Next();
    }

    public Token Current { get; private set; }

    public Location Location => Current.Location;

    public Token Take()
    {
        var taken = Current;
        Current = _lexer.Next();
        return taken;
    }

    public bool Is(string punctuator) => Current.Kind == TokenKind.Punctuator && Current.Text == punctuator;

    public bool IsWord(string word) => Current.Kind == TokenKind.Name && Current.Text == word;

    public bool TryTake(string punctuator)
    {
        if (!Is(punctuator)) return false;
        Take();
        return true;
    }

    public void Expect(string punctuator)
    {
        if (!TryTake(punctuator)) throw Expected($"\"{punctuator}\"");
    }

    public Name TakeName() => Current.Kind == TokenKind.Name ? new Name(Location, Take().Text) : throw Expected("a name");

    /// <summary>At least one, between two punctuators.</summary>
    public List<T> Many<T>(string open, Func<T> read, string close)
    {
        Expect(open);
        List<T> all = [read()];
        while (!TryTake(close)) all.Add(read());
        return all;
    }

    /// <summary>None, or at least one between two punctuators.</summary>
    public List<T> OptionalMany<T>(string open, Func<T> read, string close) => Is(open) ? Many(open, read, close) : [];

    public SyntaxException Expected(string what) => new(Location, $"Syntax error: Expected {what}, actual: {Current}.");
}
