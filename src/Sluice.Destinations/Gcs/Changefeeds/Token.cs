namespace Sluice.Destinations.Gcs.Changefeeds;

internal enum TokenKind
{
    /// <summary>A keyword or a name.</summary>
    Word,

    /// <summary>A name in double quotes: never a keyword.</summary>
    QuotedName,

    /// <summary>A string in single quotes; its text is what stands between them, with doubled quotes as they are.</summary>
    String,

    Symbol,
    End,
}

/// <param name="Text">What it says.</param>
/// <param name="Start">Where it stands.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start)
{
    public string Shown => Kind == TokenKind.End ? "the end" : Kind == TokenKind.String ? "a string" : $"\"{Text}\"";

    public bool Is(string wordOrSymbol) => Kind is TokenKind.Word or TokenKind.Symbol && Text.Equals(wordOrSymbol, StringComparison.OrdinalIgnoreCase);
}
