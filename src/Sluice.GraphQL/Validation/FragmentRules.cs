using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Validation;

/// <summary>Fragments that exist, are used, can apply, and end.</summary>
internal static class FragmentRules
{
    public static IEnumerable<GraphQLError> AreKnown(DocumentFacts facts) => Spreads(facts)
        .Where(use => !facts.Fragments.ContainsKey(use.Spread.Name.Text))
        .Select(use => GraphQLError.At(use.Spread.Name, $"Fragment {use.Spread.Name.Text} was used, but not defined").With("useAndDefineFragment", ("fragmentName", use.Spread.Name.Text)));

    public static IEnumerable<GraphQLError> AreUsed(DocumentFacts facts)
    {
        var reached = facts.Document.Operations.SelectMany(facts.ReachedFrom).OfType<FragmentDefinition>().Select(fragment => fragment.Name.Text).ToHashSet();
        return facts.Document.Fragments.Where(fragment => !reached.Contains(fragment.Name.Text))
            .Select(fragment => GraphQLError.At(fragment, $"Fragment {fragment.Name.Text} was defined, but not used").With("useAndDefineFragment", ("fragmentName", fragment.Name.Text)));
    }

    public static IEnumerable<GraphQLError> ArePossible(DocumentFacts facts)
    {
        foreach (var (selection, parent, on, _) in facts.FragmentUses)
        {
            if (parent is null || on is null || Overlap(facts.Schema, parent, on)) continue;
            var name = selection is FragmentSpread spread ? $"Fragment {spread.Name.Text} on {on.Name}" : $"Fragment on {on.Name}";
            yield return GraphQLError.At(selection, $"{name} can't be spread inside {parent.Name}").With("cannotSpreadFragment", ("typeName", on.Name), ("parentName", parent.Name));
        }
    }

    public static IEnumerable<GraphQLError> AreNoCircles(DocumentFacts facts) => new FragmentCircles(facts, Spreads(facts).ToLookup(use => use.Owner, use => use.Spread)).Find();

    private static IEnumerable<(FragmentSpread Spread, string? Owner)> Spreads(DocumentFacts facts) =>
        from use in facts.FragmentUses where use.Selection is FragmentSpread select ((FragmentSpread)use.Selection, (use.Owner as FragmentDefinition)?.Name.Text);

    private static bool Overlap(Schema schema, CompositeType one, CompositeType other) => ReferenceEquals(one, other) || schema.PossibleTypes(one).Overlaps(schema.PossibleTypes(other));
}
