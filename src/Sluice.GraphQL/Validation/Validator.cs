using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Validation;

/// <summary>Whether a document can be executed, as the specification's chapter on validation says.</summary>
public static class Validator
{
    private static readonly IReadOnlyList<Func<DocumentFacts, IEnumerable<GraphQLError>>> Rules =
    [
        NameRules.OperationsAreUnique, NameRules.AnonymousIsAlone, NameRules.FragmentsAreUnique, NameRules.VariablesAreUnique, NameRules.ArgumentsAreUnique, NameRules.InputFieldsAreUnique,
        TypeRules.TypesAreKnown, TypeRules.FragmentsAreOnComposites, TypeRules.VariablesAreInputs,
        FieldRules.FieldsAreKnown, FieldRules.LeavesEnd,
        FragmentRules.AreKnown, FragmentRules.AreUsed, FragmentRules.ArePossible, FragmentRules.AreNoCircles,
        ArgumentRules.AreKnown, ArgumentRules.RequiredAreThere, DirectiveRules.AreKnown, DirectiveRules.AreUnique,
        ValueRules.HaveTheirTypes,
        VariableRules.AreDeclared, VariableRules.AreUsed, VariableRules.FitTheirPlaces,
        IntrospectionRules.AreNotDeep,
    ];

    /// <returns>Errors in the order of their places; none: it can be executed.</returns>
    public static IReadOnlyList<GraphQLError> Validate(Schema schema, Document document, GraphQLLimits limits)
    {
        var facts = FactFinder.Find(schema, document);
        var errors = Rules.SelectMany(rule => rule(facts)).Concat(new MergeRules(facts, limits.Comparisons).Check()).ToList();
        if (errors.Count == 0) errors.AddRange(CostRules.Check(facts, limits));
        return [.. errors.OrderBy(error => error.Locations.FirstOrDefault().Line).ThenBy(error => error.Locations.FirstOrDefault().Column).Take(limits.Errors)];
    }
}
