using System.Text;

namespace Sluice.GraphQL.Language;

/// <summary>Spells documents and their parts, on one line. What it spells is read as the same again.</summary>
public static class Printer
{
    public static string Print(Document document) => string.Join(' ', document.Definitions.Select(Print));

    public static string Print(Definition definition) => Description(definition.Description) + definition switch
    {
        OperationDefinition operation => Operation(operation),
        FragmentDefinition fragment => $"fragment {fragment.Name.Text} on {fragment.On.Name}{Directives(fragment.Directives)} {Print(fragment.SelectionSet)}",
        _ => "",
    };

    public static string Print(SelectionSet set) => $"{{{string.Join(' ', set.Selections.Select(Print))}}}";

    public static string Print(TypeReference type) => type switch
    {
        NonNullTypeReference nonNull => Print(nonNull.Of) + "!",
        ListTypeReference list => $"[{Print(list.Of)}]",
        _ => type.Innermost.Name,
    };

    public static string Print(Value value) => value switch
    {
        Variable variable => "$" + variable.Name.Text,
        IntValue number => number.Text,
        FloatValue number => number.Text,
        StringValue text => Quoted(text.Text),
        BooleanValue boolean => boolean.IsTrue ? "true" : "false",
        EnumLiteral name => name.Name,
        ListValue list => $"[{string.Join(", ", list.Items.Select(Print))}]",
        ObjectValue fields => $"{{{string.Join(", ", fields.Fields.Select(field => $"{field.Name.Text}: {Print(field.Value)}"))}}}",
        _ => "null",
    };

    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text) quoted.Append(Escaped(c));
        return quoted.Append('"').ToString();
    }

    private static string Escaped(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < ' ' or '\u007f' => $"\\u{(int)c:X4}",
        _ => c.ToString(),
    };

    private static string Operation(OperationDefinition operation)
    {
        var name = operation.Name is null ? "" : " " + operation.Name.Text;
        var variables = operation.Variables.Count == 0 ? "" : $"({string.Join(", ", operation.Variables.Select(Variable))})";
        return $"{operation.Kind.ToString().ToLowerInvariant()}{name}{variables}{Directives(operation.Directives)} {Print(operation.SelectionSet)}";
    }

    private static string Variable(VariableDefinition variable)
    {
        var fallback = variable.Default is null ? "" : " = " + Print(variable.Default);
        return $"{Description(variable.Description)}${variable.Variable.Name.Text}: {Print(variable.Type)}{fallback}{Directives(variable.Directives)}";
    }

    private static string Print(Selection selection) => selection switch
    {
        Field field => (field.Alias is null ? "" : field.Alias.Text + ": ") + field.Name.Text + Arguments(field.Arguments) + Directives(field.Directives)
            + (field.SelectionSet is null ? "" : " " + Print(field.SelectionSet)),
        FragmentSpread spread => $"...{spread.Name.Text}{Directives(spread.Directives)}",
        InlineFragment inline => $"...{(inline.On is null ? "" : $" on {inline.On.Name}")}{Directives(inline.Directives)} {Print(inline.SelectionSet)}",
        _ => "",
    };

    private static string Description(string? text) => text is null ? "" : Quoted(text) + " ";

    private static string Directives(IReadOnlyList<Directive> directives) => string.Concat(directives.Select(directive => $" @{directive.Name.Text}{Arguments(directive.Arguments)}"));

    private static string Arguments(IReadOnlyList<Argument> arguments) =>
        arguments.Count == 0 ? "" : $"({string.Join(", ", arguments.Select(argument => $"{argument.Name.Text}: {Print(argument.Value)}"))})";
}
