using Sluice.Delivery.Definitions;

namespace Sluice.Destinations.Gcs.Changefeeds;

/// <summary>Goes through the tokens, and says where something else was expected.</summary>
internal sealed class TokenReader(SourceText source)
{
    private readonly IReadOnlyList<Token> _tokens = Tokenizer.Read(source);
    private int _at;

    public Token Current => _tokens[_at];

    /// <summary>The one before, where there is one.</summary>
    public Token Previous => _tokens[Math.Max(_at - 1, 0)];

    public bool TryTake(string wordOrSymbol)
    {
        if (!Current.Is(wordOrSymbol)) return false;
        _at++;
        return true;
    }

    public void Take(string wordOrSymbol)
    {
        if (!TryTake(wordOrSymbol)) throw Unexpected(wordOrSymbol);
    }

    public Token TakeString(string expected)
    {
        if (Current.Kind != TokenKind.String) throw Unexpected(expected);
        return _tokens[_at++];
    }

    public Token TakeName(string expected)
    {
        if (Current.Kind is not (TokenKind.Word or TokenKind.QuotedName)) throw Unexpected(expected);
        return _tokens[_at++];
    }

    public DefinitionException Unexpected(string expected) => Error(Current, $"Expected {expected}, not {Current.Shown}.", expected);

    public DefinitionException Error(Token at, string message, string expected) => source.Error(at.Start, message, expected);
}
