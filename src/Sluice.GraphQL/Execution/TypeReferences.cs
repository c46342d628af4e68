using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Execution;

internal static class TypeReferences
{
    /// <summary>The type that a document names; null when there is none of that name.</summary>
    public static GraphType? Resolve(Schema schema, TypeReference reference) => reference switch
    {
        NonNullTypeReference nonNull => Resolve(schema, nonNull.Of)?.NonNull(),
        ListTypeReference list => Resolve(schema, list.Of)?.List(),
        _ => schema.Types.GetValueOrDefault(reference.Innermost.Name),
    };
}
