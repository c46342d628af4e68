using Sluice.Query.Filters;

namespace Sluice.Delivery.Definitions;

/// <summary>Reads which members of events a destination gets: paths as filters write them, or whole objects.</summary>
internal static class FieldList
{
    private const int MostFields = 200;
    private const int LongestField = 1_000;

    private static readonly string[] Objects = ["actor", "resource", "api_call", "metadata"];

    /// <exception cref="DefinitionException">There cannot be such a member; it says in which place of the list.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Parse(IReadOnlyList<string> fields)
    {
        if (fields.Count > MostFields) throw DefinitionException.Value("fields", $"fields has at most {MostFields} entries.");
        return [.. fields.Select(Parse)];
    }

    private static IReadOnlyList<string> Parse(string field, int index)
    {
        if (field.Length > LongestField) throw DefinitionException.Value($"fields[{index}]", $"A field has at most {LongestField} characters.");
        try
        {
            var path = Path(new FilterTokenizer(field));
            if (path.Count == 1 && Objects.Contains(path[0])) return path;
            if (FilterField.Find(path, out var expected) is not null) return path;
            throw DefinitionException.Value($"fields[{index}]", $"Events have no member {field}. Expected {expected}.");
        }
        catch (FilterSyntaxException problem)
        {
            throw DefinitionException.Value($"fields[{index}]", $"A field is a path such as actor.id or metadata.\"a name\". {problem.Message}");
        }
    }

    private static List<string> Path(FilterTokenizer tokens)
    {
        var path = new List<string> { Name(tokens) };
        while (tokens.TryTake(TokenKind.Dot)) path.Add(Name(tokens));
        return tokens.Current.Kind == TokenKind.End ? path : throw tokens.Unexpected("a dot or the end");
    }

    private static string Name(FilterTokenizer tokens) =>
        tokens.Current.Kind is TokenKind.Name or TokenKind.Quoted ? tokens.Take().Text : throw tokens.Unexpected("a name");
}
