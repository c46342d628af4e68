using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Validation;

/// <summary>Fields that a type has, selected as far as they go.</summary>
internal static class FieldRules
{
    public static IEnumerable<GraphQLError> FieldsAreKnown(DocumentFacts facts) =>
        from use in facts.Fields
        let parent = use.Definition is null ? use.Parent : null
        where parent is not null
        let name = use.Field.Name.Text
        select GraphQLError.At(use.Field, $"Field '{name}' doesn't exist on type '{parent.Name}'").With("undefinedField", ("typeName", parent.Name), ("fieldName", name));

    public static IEnumerable<GraphQLError> LeavesEnd(DocumentFacts facts)
    {
        foreach (var (field, _, definition) in facts.Fields)
        {
            if (definition is null) continue;
            var (name, type) = (field.Name.Text, definition.Type.Innermost);
            if (type is not CompositeType && field.SelectionSet is { } set)
                yield return GraphQLError.At(set, $"Selections can't be made on scalars (field '{name}' returns {type.Name} but has selections)").With("selectionMismatch", ("nodeName", $"field '{name}'"), ("typeName", type.Name));
            if (type is CompositeType && field.SelectionSet is null)
                yield return GraphQLError.At(field, $"Field must have selections (field '{name}' returns {type.Name} but has no selections. Did you mean '{name} {{ ... }}'?)")
                    .With("selectionMismatch", ("nodeName", $"field '{name}'"), ("typeName", type.Name));
        }
    }
}
