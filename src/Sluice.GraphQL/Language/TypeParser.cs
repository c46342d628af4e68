namespace Sluice.GraphQL.Language;

/// <summary>Reads types such as <c>[String!]</c>.</summary>
internal static class TypeParser
{
    /// <param name="deepest">Lists inside each other.</param>
    public static TypeReference Parse(TokenReader tokens, int deepest)
    {
        if (deepest == 0) throw new SyntaxException(tokens.Location, "Syntax error: Lists of lists are too deep.");
        var location = tokens.Location;
        TypeReference type = tokens.TryTake("[") ? List(tokens, location, deepest) : Named(tokens.TakeName());
        return tokens.TryTake("!") ? new NonNullTypeReference(location, type) : type;
    }

    private static ListTypeReference List(TokenReader tokens, Location location, int deepest)
    {
        var of = Parse(tokens, deepest - 1);
        tokens.Expect("]");
        return new ListTypeReference(location, of);
    }

    private static NamedTypeReference Named(Name name) => new(name.Location, name.Text);
}
