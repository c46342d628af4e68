using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Validation;

/// <summary>Types that a document names.</summary>
internal static class TypeRules
{
    public static IEnumerable<GraphQLError> TypesAreKnown(DocumentFacts facts) => Conditions(facts)
        .Where(on => !facts.Schema.Types.ContainsKey(on.Name))
        .Select(on => GraphQLError.At(on, $"No such type {on.Name}, so it can't be a fragment condition").With("undefinedType", ("typeName", on.Name)))
        .Concat(VariableTypes(facts)
            .Where(variable => !facts.Schema.Types.ContainsKey(variable.Type.Innermost.Name))
            .Select(variable => GraphQLError.At(variable.Type.Innermost, $"{variable.Type.Innermost.Name} isn't a defined input type (on ${variable.Variable.Name.Text})")
                .With("variableRequiresValidType", ("typeName", variable.Type.Innermost.Name), ("variableName", variable.Variable.Name.Text))));

    public static IEnumerable<GraphQLError> FragmentsAreOnComposites(DocumentFacts facts) => Conditions(facts)
        .Where(on => facts.Schema.Types.TryGetValue(on.Name, out var type) && type is not CompositeType)
        .Select(on => GraphQLError.At(on, $"Invalid fragment on type {on.Name} (must be Union, Interface or Object)").With("fragmentOnNonCompositeType", ("typeName", on.Name)));

    public static IEnumerable<GraphQLError> VariablesAreInputs(DocumentFacts facts) => VariableTypes(facts)
        .Where(variable => facts.Schema.Types.TryGetValue(variable.Type.Innermost.Name, out var type) && !type.IsInput)
        .Select(variable => GraphQLError.At(variable.Type, $"{variable.Type.Innermost.Name} isn't a valid input type (on ${variable.Variable.Name.Text})")
            .With("variableRequiresValidType", ("typeName", variable.Type.Innermost.Name), ("variableName", variable.Variable.Name.Text)));

    private static IEnumerable<NamedTypeReference> Conditions(DocumentFacts facts) =>
        facts.Document.Fragments.Select(fragment => fragment.On).Concat(facts.FragmentUses.Select(use => (use.Selection as InlineFragment)?.On).OfType<NamedTypeReference>());

    private static IEnumerable<VariableDefinition> VariableTypes(DocumentFacts facts) => facts.Document.Operations.SelectMany(operation => operation.Variables);
}
