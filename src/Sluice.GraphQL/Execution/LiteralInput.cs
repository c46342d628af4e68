using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Execution;

/// <summary>Makes of literals what resolvers get.</summary>
internal static class LiteralInput
{
    /// <summary>False: it is none of that type, or a variable in it has no value where one is needed.</summary>
    public static bool TryCoerce(Value literal, GraphType type, IReadOnlyDictionary<string, object?> variables, out object? value)
    {
        value = null;
        if (literal is Variable variable)
            return variables.TryGetValue(variable.Name.Text, out value) && (value is not null || type is not NonNullType);
        if (literal is NullValue) return type is not NonNullType;
        return type.Nullable switch
        {
            ListType list => TryList(literal, list.Of, variables, out value),
            InputObjectType input => TryObject(literal, input, variables, out value),
            _ => TryLeaf(literal, type.Innermost, variables, out value),
        };
    }

    private static bool TryList(Value literal, GraphType of, IReadOnlyDictionary<string, object?> variables, out object? value)
    {
        var items = new List<object?>();
        value = items;
        foreach (var item in literal is ListValue list ? list.Items : [literal])
        {
            if (TryCoerce(item, of, variables, out var coerced)) items.Add(coerced);
            else if (item is Variable absent && !variables.ContainsKey(absent.Name.Text) && of is not NonNullType) items.Add(null);
            else return false;
        }

        return true;
    }

    private static bool TryObject(Value literal, InputObjectType type, IReadOnlyDictionary<string, object?> variables, out object? value)
    {
        var fields = new OrderedDictionary<string, object?>();
        value = fields;
        if (literal is not ObjectValue given) return false;
        foreach (var field in type.Fields.Values)
        {
            var node = given.Fields.FirstOrDefault(other => other.Name.Text == field.Name)?.Value;
            if (node is null || (node is Variable variable && !variables.ContainsKey(variable.Name.Text))) node = field.Default;
            if (node is null && field.Type is NonNullType) return false;
            if (node is null) continue;
            if (!TryCoerce(node, field.Type, variables, out var coerced)) return false;
            fields[field.Name] = coerced;
        }

        return true;
    }

    private static bool TryLeaf(Value literal, NamedType type, IReadOnlyDictionary<string, object?> variables, out object? value)
    {
        value = null;
        try
        {
            value = type is EnumType names ? (literal as EnumLiteral is { } name ? names.Find(name.Name)?.Meaning : null) : ((ScalarType)type).Parse(literal, variables);
            return type is not EnumType || value is not null;
        }
        catch (CoercionException)
        {
            return false;
        }
    }
}
