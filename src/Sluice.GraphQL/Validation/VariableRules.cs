using Sluice.GraphQL.Execution;
using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Validation;

/// <summary>Variables of each operation, with their uses in the fragments that it reaches.</summary>
internal static class VariableRules
{
    public static IEnumerable<GraphQLError> AreDeclared(DocumentFacts facts) =>
        from operation in facts.Document.Operations
        from use in Uses(facts, operation)
        where Declaration(operation, use) is null
        let name = use.Variable.Name.Text
        select GraphQLError.At([use.Variable, operation], $"Variable ${name} is used by {NameOf(operation)} but not declared").With("variableNotDefined", ("variableName", name));

    public static IEnumerable<GraphQLError> AreUsed(DocumentFacts facts) =>
        from operation in facts.Document.Operations
        let used = Uses(facts, operation).Select(use => use.Variable.Name.Text).ToHashSet()
        from variable in operation.Variables
        let name = variable.Variable.Name.Text
        where !used.Contains(name)
        select GraphQLError.At(variable, $"Variable ${name} is declared by {NameOf(operation)} but not used").With("variableNotUsed", ("variableName", name));

    public static IEnumerable<GraphQLError> FitTheirPlaces(DocumentFacts facts) =>
        from operation in facts.Document.Operations
        from use in Uses(facts, operation)
        let declaration = Declaration(operation, use)
        where declaration is not null && use.Type is not null
        let type = TypeReferences.Resolve(facts.Schema, declaration.Type)
        where type is not null && !Fits(facts.Schema, type, declaration.Default, use)
        select GraphQLError.At([declaration, use.Variable], $"Type mismatch on variable ${use.Variable.Name.Text} ({type} / {use.Type})")
            .With("variableMismatch", ("variableName", use.Variable.Name.Text), ("typeName", type.ToString()));

    private static bool Fits(Schema schema, GraphType type, Value? fallback, VariableUse use)
    {
        if (use.Type is not NonNullType || type is NonNullType) return schema.IsSubtype(type, use.Type!);
        return (use.HasDefault || fallback is not null and not NullValue) && schema.IsSubtype(type, use.Type.Nullable);
    }

    private static IEnumerable<VariableUse> Uses(DocumentFacts facts, OperationDefinition operation)
    {
        var reached = facts.ReachedFrom(operation).ToHashSet<Definition>(ReferenceEqualityComparer.Instance);
        return facts.Variables.Where(use => reached.Contains(use.Owner));
    }

    private static VariableDefinition? Declaration(OperationDefinition operation, VariableUse use) =>
        operation.Variables.LastOrDefault(variable => variable.Variable.Name.Text == use.Variable.Name.Text);

    private static string NameOf(OperationDefinition operation) => operation.Name?.Text ?? $"anonymous {operation.Kind.ToString().ToLowerInvariant()}";
}
