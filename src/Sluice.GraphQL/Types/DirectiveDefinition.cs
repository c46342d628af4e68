namespace Sluice.GraphQL.Types;

/// <summary>Where a directive may stand, as the introspection names it.</summary>
public enum DirectivePlace
{
    Query,
    Mutation,
    Subscription,
    Field,
    FragmentDefinition,
    FragmentSpread,
    InlineFragment,
    VariableDefinition,
    FieldDefinition,
    ArgumentDefinition,
    InputFieldDefinition,
    EnumValue,
    Scalar,
}

public sealed record DirectiveDefinition(string Name, string Description, IReadOnlyList<DirectivePlace> Places, IReadOnlyList<InputDefinition> Arguments)
{
    public static DirectiveDefinition Include { get; } = Conditional("include", "Only where the argument is true.");

    public static DirectiveDefinition Skip { get; } = Conditional("skip", "Not where the argument is true.");

    /// <summary>What the executor knows. The last two describe schemas, and stand in no document.</summary>
    public static IReadOnlyList<DirectiveDefinition> All { get; } =
    [
        Include,
        Skip,
        new(
            "deprecated", "It will go away; the reason says what to use.",
            [DirectivePlace.FieldDefinition, DirectivePlace.ArgumentDefinition, DirectivePlace.InputFieldDefinition, DirectivePlace.EnumValue],
            [new InputDefinition("reason", Scalars.String) { Default = Language.Parser.ParseValue("\"No longer supported\"") }]),
        new("specifiedBy", "Where the scalar's form is written down.", [DirectivePlace.Scalar], [new InputDefinition("url", Scalars.String.NonNull())]),
    ];

    private static DirectiveDefinition Conditional(string name, string description) => new(
        name, description, [DirectivePlace.Field, DirectivePlace.FragmentSpread, DirectivePlace.InlineFragment], [new InputDefinition("if", Scalars.Boolean.NonNull())]);
}
