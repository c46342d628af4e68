using Sluice.Delivery.Definitions;

namespace Sluice.Destinations.Gcs.Changefeeds;

/// <summary>The text that a user pasted, and errors in it by line and column, both counted from 1.</summary>
internal sealed class SourceText(string text)
{
    public string Text => text;

    public DefinitionException Error(int position, string message, string expected)
    {
        position = Math.Clamp(position, 0, text.Length);
        var before = text.AsSpan(0, position);
        var line = before.Count('\n') + 1;
        var column = position - (before.LastIndexOf('\n') + 1) + 1;
        return new DefinitionException("invalid_changefeed", "changefeed", $"Line {line}, column {column}: {message}") { Line = line, Column = column, Expected = expected };
    }
}
