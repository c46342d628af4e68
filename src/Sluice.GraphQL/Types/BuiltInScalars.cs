using System.Globalization;
using Sluice.GraphQL.Language;

namespace Sluice.GraphQL.Types;

internal sealed class IntType : ScalarType
{
    public IntType()
        : base("Int") => Description = "A whole number of 32 bits, with a sign.";

    public override object Serialize(object value) => Parse(value);

    public override object Parse(object value) => value switch
    {
        int whole => whole,
        long whole => InRange(whole),
        double number when double.IsInteger(number) => InRange(number),
        _ => throw new CoercionException($"Int cannot represent non-integer value: {Shown.Of(value)}"),
    };

    public override object Parse(Value literal, IReadOnlyDictionary<string, object?>? variables) =>
        literal is IntValue number && int.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : throw new CoercionException($"Int cannot represent {(literal is IntValue ? "non 32-bit signed integer" : "non-integer")} value: {Printer.Print(literal)}");

    private static object InRange(double number) => number is >= int.MinValue and <= int.MaxValue
        ? (int)number
        : throw new CoercionException($"Int cannot represent non 32-bit signed integer value: {Shown.Of(number)}");
}

internal sealed class FloatType : ScalarType
{
    public FloatType()
        : base("Float") => Description = "A number of 64 bits with a fraction.";

    public override object Serialize(object value) => Parse(value);

    public override object Parse(object value) => value switch
    {
        int number => (double)number,
        long number => (double)number,
        double number when double.IsFinite(number) => number,
        _ => throw new CoercionException($"Float cannot represent non numeric value: {Shown.Of(value)}"),
    };

    public override object Parse(Value literal, IReadOnlyDictionary<string, object?>? variables)
    {
        var text = literal switch
        {
            IntValue number => number.Text,
            FloatValue number => number.Text,
            _ => throw new CoercionException($"Float cannot represent non numeric value: {Printer.Print(literal)}"),
        };
        var value = double.Parse(text, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? value : throw new CoercionException($"Float cannot represent non numeric value: {text}");
    }
}

internal sealed class StringType : ScalarType
{
    public StringType()
        : base("String") => Description = "A text.";

    public override object Serialize(object value) => Parse(value);

    public override object Parse(object value) => value as string ?? throw new CoercionException($"String cannot represent a non string value: {Shown.Of(value)}");

    public override object Parse(Value literal, IReadOnlyDictionary<string, object?>? variables) =>
        literal is StringValue text ? text.Text : throw new CoercionException($"String cannot represent a non string value: {Printer.Print(literal)}");
}

internal sealed class BooleanType : ScalarType
{
    public BooleanType()
        : base("Boolean") => Description = "`true` or `false`.";

    public override object Serialize(object value) => Parse(value);

    public override object Parse(object value) => value is bool ? value : throw new CoercionException($"Boolean cannot represent a non boolean value: {Shown.Of(value)}");

    public override object Parse(Value literal, IReadOnlyDictionary<string, object?>? variables) =>
        literal is BooleanValue boolean ? boolean.IsTrue : throw new CoercionException($"Boolean cannot represent a non boolean value: {Printer.Print(literal)}");
}

internal sealed class IdType : ScalarType
{
    public IdType()
        : base("ID") => Description = "Names an object. Whole numbers are taken for texts.";

    public override object Serialize(object value) => Parse(value);

    public override object Parse(object value) => value switch
    {
        string text => text,
        int or long => Shown.Of(value),
        double number when double.IsInteger(number) => Shown.Of(value),
        _ => throw new CoercionException($"ID cannot represent value: {Shown.Of(value)}"),
    };

    public override object Parse(Value literal, IReadOnlyDictionary<string, object?>? variables) => literal switch
    {
        StringValue text => text.Text,
        IntValue number => number.Text,
        _ => throw new CoercionException($"ID cannot represent a non-string and non-integer value: {Printer.Print(literal)}"),
    };
}
