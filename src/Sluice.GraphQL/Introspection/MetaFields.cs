using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Introspection;

/// <summary>Fields that no type declares: <c>__typename</c> on every composite type, <c>__schema</c> and <c>__type</c> where queries begin.</summary>
internal static class MetaFields
{
    public static FieldDefinition TypeName { get; } = new("__typename", Scalars.String.NonNull(), context => ValueTask.FromResult<object?>(context.ParentType.Name));

    private static FieldDefinition Schema { get; } = new("__schema", MetaTypes.Schema.NonNull(), context => ValueTask.FromResult<object?>(context.Schema));

    private static FieldDefinition Type { get; } = new("__type", MetaTypes.Type, context => ValueTask.FromResult<object?>(context.Schema.Types.GetValueOrDefault(context.Arguments.Get<string>("name")!)))
    {
        Arguments = [new InputDefinition("name", Scalars.String.NonNull())],
    };

    /// <summary>The field of that name of a type, declared or not.</summary>
    public static FieldDefinition? Find(Schema schema, CompositeType? parent, string name) => name switch
    {
        "__typename" => parent is null ? null : TypeName,
        "__schema" when parent == schema.Query => Schema,
        "__type" when parent == schema.Query => Type,
        _ => (parent as FieldedType)?.Fields.GetValueOrDefault(name),
    };
}
