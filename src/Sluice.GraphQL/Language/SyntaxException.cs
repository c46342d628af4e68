namespace Sluice.GraphQL.Language;

/// <summary>A text is no document.</summary>
public sealed class SyntaxException(Location location, string message) : Exception(message)
{
    public Location Location { get; } = location;
}
