using Sluice.GraphQL.Language;

namespace Sluice.GraphQL.Validation;

/// <summary>Lists of the introspection lead to each other without end: at most two of them may be inside each other.</summary>
internal static class IntrospectionRules
{
    private const int Deepest = 2;

    private static readonly HashSet<string> Lists = ["fields", "interfaces", "possibleTypes", "inputFields"];

    public static IEnumerable<GraphQLError> AreNotDeep(DocumentFacts facts)
    {
        var shallow = new HashSet<(string Fragment, int Depth)>();
        return from use in facts.Fields
            where use.Field.Name.Text is "__schema" or "__type" && IsDeep(facts, use.Field, shallow, 0)
            select GraphQLError.At(use.Field, "Maximum introspection depth exceeded");
    }

    /// <param name="shallow">What has been looked at, or is being looked at: fragments are looked at once for each depth.</param>
    private static bool IsDeep(DocumentFacts facts, Selection selection, HashSet<(string Fragment, int Depth)> shallow, int depth)
    {
        if (selection is FragmentSpread { Name.Text: var name }) return facts.Fragments.TryGetValue(name, out var fragment) && shallow.Add((name, depth)) && IsDeep(facts, fragment.SelectionSet, shallow, depth);
        if (selection is InlineFragment inline) return IsDeep(facts, inline.SelectionSet, shallow, depth);
        var field = (Field)selection;
        var inside = Lists.Contains(field.Name.Text) ? depth + 1 : depth;
        return inside > Deepest || IsDeep(facts, field.SelectionSet, shallow, inside);
    }

    private static bool IsDeep(DocumentFacts facts, SelectionSet? set, HashSet<(string Fragment, int Depth)> shallow, int depth) => set?.Selections.Any(selection => IsDeep(facts, selection, shallow, depth)) == true;
}
