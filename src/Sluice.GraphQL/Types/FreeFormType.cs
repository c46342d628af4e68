using System.Globalization;
using Sluice.GraphQL.Language;

namespace Sluice.GraphQL.Types;

/// <summary>A scalar that takes and gives any JSON value.</summary>
public sealed class FreeFormType(string name) : ScalarType(name)
{
    public override object? Serialize(object value) => value;

    public override object? Parse(object value) => value;

    public override object? Parse(Value literal, IReadOnlyDictionary<string, object?>? variables) => literal switch
    {
        NullValue => null,
        StringValue text => text.Text,
        BooleanValue boolean => boolean.IsTrue,
        IntValue number => Number(number.Text),
        FloatValue number => Number(number.Text),
        EnumLiteral name => throw new CoercionException($"{Name} cannot represent the bare word {name.Name}: put it into quotes."),
        ListValue list => list.Items.Select(item => Parse(item, variables)).ToList(),
        ObjectValue fields => Fields(fields, variables),
        Variable variable => variables?.GetValueOrDefault(variable.Name.Text),
        _ => null,
    };

    private object Number(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
        return double.Parse(text, CultureInfo.InvariantCulture) is var number && double.IsFinite(number) ? number : throw new CoercionException($"{Name} cannot represent so large a number");
    }

    private OrderedDictionary<string, object?> Fields(ObjectValue literal, IReadOnlyDictionary<string, object?>? variables)
    {
        var fields = new OrderedDictionary<string, object?>();
        foreach (var field in literal.Fields) fields[field.Name.Text] = Parse(field.Value, variables);
        return fields;
    }
}
