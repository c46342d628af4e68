namespace Sluice.GraphQL.Language;

/// <summary>A place in a document: line and column in UTF-16 code units, both from 1.</summary>
public readonly record struct Location(int Line, int Column);
