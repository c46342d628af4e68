using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Execution;

/// <summary>The values of arguments, as one use of a field or directive gives them.</summary>
internal static class ArgumentValues
{
    /// <param name="use">The field or directive.</param>
    /// <exception cref="FieldException">A required one has no value; that depends on the variables, so validation does not find it.</exception>
    public static Arguments Of(Node use, IReadOnlyList<InputDefinition> definitions, IReadOnlyList<Argument> given, IReadOnlyDictionary<string, object?> variables)
    {
        var values = new Dictionary<string, object?>();
        foreach (var definition in definitions)
        {
            var literal = given.FirstOrDefault(argument => argument.Name.Text == definition.Name)?.Value;
            var isAbsent = literal is null || (literal is Variable variable && !variables.ContainsKey(variable.Name.Text));
            var effective = isAbsent ? definition.Default : literal;
            if (effective is null && definition.Type is not NonNullType) continue;
            if (effective is null || !LiteralInput.TryCoerce(effective, definition.Type, variables, out var value))
                throw new FieldException(GraphQLError.At(literal ?? use, $"Argument '{definition.Name}' has no value of type {definition.Type}."));
            values[definition.Name] = value;
        }

        return new Arguments(values);
    }
}
