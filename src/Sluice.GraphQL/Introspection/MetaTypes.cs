using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Introspection;

/// <summary>The types in which a schema describes itself.</summary>
internal static class MetaTypes
{
    private static readonly ScalarType Text = Scalars.String, Flag = Scalars.Boolean;

    private static readonly EnumType Kind = new("__TypeKind", [.. new[] { "SCALAR", "OBJECT", "INTERFACE", "UNION", "ENUM", "INPUT_OBJECT", "LIST", "NON_NULL" }.Select(name => new EnumValue(name))]) { Description = "What sort of type it is." };

    private static readonly EnumType Place = new("__DirectiveLocation", [.. Enum.GetValues<DirectivePlace>().Select(place => new EnumValue(MetaText.Of(place)))]) { Description = "Where a directive may stand." };

    private static readonly ObjectType EnumValueType = new("__EnumValue", () =>
    [
        FieldDefinition.Of<EnumValue>("name", Text.NonNull(), value => value.Name),
        FieldDefinition.Of<EnumValue>("description", Text, value => value.Description),
        FieldDefinition.Of<EnumValue>("isDeprecated", Flag.NonNull(), value => value.DeprecationReason is not null),
        FieldDefinition.Of<EnumValue>("deprecationReason", Text, value => value.DeprecationReason),
    ]);

    private static readonly ObjectType InputValueType = new("__InputValue", () =>
    [
        FieldDefinition.Of<InputDefinition>("name", Text.NonNull(), input => input.Name),
        FieldDefinition.Of<InputDefinition>("description", Text, input => input.Description),
        FieldDefinition.Of<InputDefinition>("type", Type!.NonNull(), input => input.Type),
        FieldDefinition.Of<InputDefinition>("defaultValue", Text, input => input.Default is null ? null : Printer.Print(input.Default)),
        FieldDefinition.Of<InputDefinition>("isDeprecated", Flag.NonNull(), input => input.DeprecationReason is not null),
        FieldDefinition.Of<InputDefinition>("deprecationReason", Text, input => input.DeprecationReason),
    ]);

    private static readonly ObjectType FieldType = new("__Field", () =>
    [
        FieldDefinition.Of<FieldDefinition>("name", Text.NonNull(), field => field.Name),
        FieldDefinition.Of<FieldDefinition>("description", Text, field => field.Description),
        Deprecatable<FieldDefinition, InputDefinition>("args", InputValueType.NonNull().List().NonNull(), field => field.Arguments, argument => argument.DeprecationReason),
        FieldDefinition.Of<FieldDefinition>("type", Type!.NonNull(), field => field.Type),
        FieldDefinition.Of<FieldDefinition>("isDeprecated", Flag.NonNull(), field => field.DeprecationReason is not null),
        FieldDefinition.Of<FieldDefinition>("deprecationReason", Text, field => field.DeprecationReason),
    ]);

    private static readonly ObjectType DirectiveType = new("__Directive", () =>
    [
        FieldDefinition.Of<DirectiveDefinition>("name", Text.NonNull(), directive => directive.Name),
        FieldDefinition.Of<DirectiveDefinition>("description", Text, directive => directive.Description),
        FieldDefinition.Of<DirectiveDefinition>("isRepeatable", Flag.NonNull(), _ => false),
        FieldDefinition.Of<DirectiveDefinition>("locations", Place.NonNull().List().NonNull(), directive => directive.Places.Select(MetaText.Of)),
        Deprecatable<DirectiveDefinition, InputDefinition>("args", InputValueType.NonNull().List().NonNull(), directive => directive.Arguments, argument => argument.DeprecationReason),
    ]);

    public static ObjectType Type { get; } = new("__Type", () =>
    [
        FieldDefinition.Of<GraphType>("kind", Kind.NonNull(), MetaText.KindOf),
        FieldDefinition.Of<GraphType>("name", Text, type => (type as NamedType)?.Name),
        FieldDefinition.Of<GraphType>("description", Text, type => (type as NamedType)?.Description),
        FieldDefinition.Of<GraphType>("specifiedByURL", Text, type => (type as ScalarType)?.SpecifiedBy),
        Deprecatable<GraphType, FieldDefinition>("fields", FieldType.NonNull().List(), type => (type as FieldedType)?.Fields.Values, field => field.DeprecationReason),
        FieldDefinition.Of<GraphType>("interfaces", Type!.NonNull().List(), type => (type as FieldedType)?.Interfaces),
        new("possibleTypes", Type!.NonNull().List(), context => ValueTask.FromResult<object?>(
            context.Source is IAbstractType ? context.Schema.PossibleTypes((NamedType)context.Source).OrderBy(type => type.Name, StringComparer.Ordinal) : null)),
        Deprecatable<GraphType, EnumValue>("enumValues", EnumValueType.NonNull().List(), type => (type as EnumType)?.Values, value => value.DeprecationReason),
        Deprecatable<GraphType, InputDefinition>("inputFields", InputValueType.NonNull().List(), type => (type as InputObjectType)?.Fields.Values, field => field.DeprecationReason),
        FieldDefinition.Of<GraphType>("ofType", Type!, type => type is ListType list ? list.Of : type is NonNullType ? type.Nullable : null),
        FieldDefinition.Of<GraphType>("isOneOf", Flag, type => type is InputObjectType ? false : null),
    ]);

    public static ObjectType Schema { get; } = new("__Schema", () =>
    [
        FieldDefinition.Of<Schema>("description", Text, _ => null),
        FieldDefinition.Of<Schema>("types", Type.NonNull().List().NonNull(), schema => schema.Types.Values),
        FieldDefinition.Of<Schema>("queryType", Type.NonNull(), schema => schema.Query),
        FieldDefinition.Of<Schema>("mutationType", Type, schema => schema.Mutation),
        FieldDefinition.Of<Schema>("subscriptionType", Type, _ => null),
        FieldDefinition.Of<Schema>("directives", DirectiveType.NonNull().List().NonNull(), schema => schema.Directives),
    ]);

    /// <summary>A list that leaves out what is deprecated, unless it is asked for.</summary>
    private static FieldDefinition Deprecatable<TOwner, TItem>(string name, GraphType type, Func<TOwner, IEnumerable<TItem>?> items, Func<TItem, string?> reason) => new(name, type, context =>
    {
        var all = context.Arguments.Get<bool?>("includeDeprecated") == true;
        return ValueTask.FromResult<object?>(items((TOwner)context.Source!)?.Where(item => all || reason(item) is null));
    })
    {
        Arguments = [new InputDefinition("includeDeprecated", Flag) { Default = Parser.ParseValue("false") }],
    };
}
