namespace Sluice.GraphQL.Language;

internal enum TokenKind
{
    End,
    Punctuator,
    Name,
    Int,
    Float,
    String,
    BlockString,
}

/// <param name="Text">A string's is what it stands for, all others' is as it was written.</param>
internal readonly record struct Token(TokenKind Kind, string Text, Location Location)
{
    /// <summary>For messages.</summary>
    public override string ToString() => Kind switch
    {
        TokenKind.End => "end of document",
        TokenKind.String or TokenKind.BlockString => $"string \"{Text}\"",
        _ => $"\"{Text}\"",
    };
}
