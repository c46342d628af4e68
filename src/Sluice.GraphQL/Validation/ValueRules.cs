using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Validation;

/// <summary>Literals are of the types that their places expect.</summary>
internal static class ValueRules
{
    public static IEnumerable<GraphQLError> HaveTheirTypes(DocumentFacts facts) => facts.Values.SelectMany(use => Check(use.Value, use.Type));

    private static IEnumerable<GraphQLError> Check(Value value, GraphType type) => (value, type.Nullable) switch
    {
        (Variable, _) => [],
        (NullValue, _) => type is NonNullType ? [Wrong(value, type)] : [],
        (ListValue list, ListType expected) => list.Items.SelectMany(item => Check(item, expected.Of)),
        (_, ListType expected) => Check(value, expected.Innermost),
        (ObjectValue fields, InputObjectType expected) => CheckFields(fields, expected),
        (_, InputObjectType) => [Wrong(value, type)],
        (_, EnumType names) => value is EnumLiteral name && names.Find(name.Name) is not null ? [] : [Wrong(value, type)],
        (_, ScalarType scalar) => CheckScalar(value, scalar),
        _ => [],
    };

    private static IEnumerable<GraphQLError> CheckFields(ObjectValue value, InputObjectType type)
    {
        foreach (var field in type.Fields.Values.Where(field => field.IsRequired && value.Fields.All(given => given.Name.Text != field.Name)))
        {
            yield return GraphQLError.At(value, $"Argument '{field.Name}' on InputObject '{type.Name}' is required. Expected type {field.Type}")
                .With("missingRequiredInputObjectAttribute", ("argumentName", field.Name), ("argumentType", field.Type.ToString()), ("inputObjectType", type.Name));
        }

        foreach (var given in value.Fields)
        {
            if (type.Fields.TryGetValue(given.Name.Text, out var field))
            {
                foreach (var error in Check(given.Value, field.Type)) yield return error;
            }
            else
            {
                yield return GraphQLError.At(given, $"InputObject '{type.Name}' doesn't accept argument '{given.Name.Text}'")
                    .With("argumentNotAccepted", ("name", type.Name), ("typeName", "InputObject"), ("argumentName", given.Name.Text));
            }
        }
    }

    private static IEnumerable<GraphQLError> CheckScalar(Value value, ScalarType type)
    {
        try
        {
            type.Parse(value, null);
            return [];
        }
        catch (CoercionException problem)
        {
            return [Wrong(value, type, problem.Message)];
        }
    }

    private static GraphQLError Wrong(Value value, GraphType type, string? why = null) =>
        GraphQLError.At(value, $"Value ({Printer.Print(value)}) is invalid. Expected type '{type}'.{(why is null ? "" : $" {why}")}").With("argumentLiteralsIncompatible", ("typeName", type.ToString()));
}
