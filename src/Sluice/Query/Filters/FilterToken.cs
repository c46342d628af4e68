namespace Sluice.Query.Filters;

internal enum TokenKind
{
    End,
    Name,
    Quoted,
    Number,
    Operator,
    Open,
    Close,
    Comma,
    Dot,
}

/// <param name="At">Where it begins in the text.</param>
/// <param name="Text">As written; a quoted one without its quotes and escapes.</param>
internal readonly record struct FilterToken(TokenKind Kind, int At, string Text)
{
    /// <summary>Keywords are words, so that a member may be named like one: <c>metadata.in</c>.</summary>
    public bool Is(string keyword) => Kind == TokenKind.Name && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public string Shown => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Quoted => "a quoted text",
        _ => Text.Length <= 40 ? $"'{Text}'" : $"'{Text[..40]}…'",
    };
}
