using System.Text;
using Sluice.GraphQL.Introspection;
using Sluice.GraphQL.Language;

namespace Sluice.GraphQL.Types;

/// <summary>Spells a schema in the schema definition language, types by name.</summary>
public static class SchemaPrinter
{
    private static readonly HashSet<string> BuiltIn = ["Int", "Float", "String", "Boolean", "ID"];

    public static string Print(Schema schema)
    {
        var text = new StringBuilder();
        foreach (var type in schema.Types.Values.Where(type => !BuiltIn.Contains(type.Name) && !type.Name.StartsWith("__", StringComparison.Ordinal)).OrderBy(type => type.Name, StringComparer.Ordinal))
            text.Append(text.Length == 0 ? "" : "\n").Append(Description(type.Description, "")).Append(Print(type)).Append('\n');
        return text.ToString();
    }

    private static string Print(NamedType type) => type switch
    {
        ObjectType fielded => $"type {type.Name}{Implements(fielded)} {Block(fielded.Fields.Values.Select(Field))}",
        InterfaceType fielded => $"interface {type.Name}{Implements(fielded)} {Block(fielded.Fields.Values.Select(Field))}",
        UnionType union => $"union {type.Name} = {string.Join(" | ", union.Members.Select(member => member.Name))}",
        InputObjectType input => $"input {type.Name} {Block(input.Fields.Values.Select(field => Description(field.Description, "  ") + "  " + Input(field)))}",
        EnumType names => $"enum {type.Name} {Block(names.Values.Select(value => $"{Description(value.Description, "  ")}  {value.Name}{Deprecation(value.DeprecationReason)}"))}",
        ScalarType scalar => $"scalar {type.Name}{(scalar.SpecifiedBy is { } url ? $" @specifiedBy(url: {Printer.Quoted(url)})" : "")}",
        _ => throw new ArgumentException($"{MetaText.KindOf(type)} cannot be spelled."),
    };

    private static string Implements(FieldedType type) => type.Interfaces.Count == 0 ? "" : $" implements {string.Join(" & ", type.Interfaces.Select(its => its.Name))}";

    private static string Block(IEnumerable<string> lines) => $"{{\n{string.Join('\n', lines)}\n}}";

    private static string Field(FieldDefinition field)
    {
        var arguments = field.Arguments.Count == 0 ? "" : $"({string.Join(", ", field.Arguments.Select(Input))})";
        return $"{Description(field.Description, "  ")}  {field.Name}{arguments}: {field.Type}{Deprecation(field.DeprecationReason)}";
    }

    private static string Input(InputDefinition input) =>
        $"{input.Name}: {input.Type}{(input.Default is null ? "" : " = " + Printer.Print(input.Default))}{Deprecation(input.DeprecationReason)}";

    private static string Deprecation(string? reason) => reason is null ? "" : $" @deprecated(reason: {Printer.Quoted(reason)})";

    private static string Description(string? text, string indent) => text is null ? "" : $"{indent}{Printer.Quoted(text)}\n";
}
