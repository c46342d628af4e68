using System.Text.Json;
using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Introspection;

internal static class MetaText
{
    public static string Of(DirectivePlace place) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(place.ToString());

    public static string KindOf(GraphType type) => type switch
    {
        NonNullType => "NON_NULL",
        ListType => "LIST",
        ScalarType => "SCALAR",
        EnumType => "ENUM",
        InputObjectType => "INPUT_OBJECT",
        InterfaceType => "INTERFACE",
        UnionType => "UNION",
        _ => "OBJECT",
    };
}
