using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Sluice.Server.OpenApi;

/// <summary>Words to write JSON schemas with.</summary>
internal static class Schema
{
    public static OpenApiSchema Text(string description, string? example = null) => new() { Type = JsonSchemaType.String, Description = Described(description), Examples = example is null ? null : [example] };

    public static OpenApiSchema Time(string description) =>
        new() { Type = JsonSchemaType.String, Format = "date-time", Description = Described(description), Examples = ["2026-03-15T08:42:17.003000000Z"] };

    public static OpenApiSchema Whole(string description, long? least = null, long? most = null) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int64",
        Description = Described(description),
        Minimum = least?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Maximum = most?.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    public static OpenApiSchema Flag(string description) => new() { Type = JsonSchemaType.Boolean, Description = Described(description) };

    public static OpenApiSchema OneOf(string description, params IEnumerable<string> values) =>
        new() { Type = JsonSchemaType.String, Description = Described(description), Enum = [.. values.Select(value => (JsonNode)value)] };

    public static OpenApiSchema List(string description, IOpenApiSchema items, int? most = null) =>
        new() { Type = JsonSchemaType.Array, Description = Described(description), Items = items, MaxItems = most };

    /// <summary>An object with the members named and no others.</summary>
    public static OpenApiSchema Object(string description, params (string Name, IOpenApiSchema Schema)[] members) => new()
    {
        Type = JsonSchemaType.Object,
        Description = Described(description),
        Properties = members.ToDictionary(member => member.Name, member => member.Schema),
    };

    /// <summary>An object that may have further members too.</summary>
    public static OpenApiSchema Open(string description, params (string Name, IOpenApiSchema Schema)[] members)
    {
        var schema = Object(description, members);
        schema.AdditionalProperties = new OpenApiSchema();
        return schema;
    }

    public static IOpenApiSchema Ref(string name) => new OpenApiSchemaReference(name);

    public static OpenApiSchema Requires(this OpenApiSchema schema, params IEnumerable<string> names)
    {
        schema.Required = names.ToHashSet();
        return schema;
    }

    public static OpenApiSchema OrNull(this OpenApiSchema schema)
    {
        schema.Type |= JsonSchemaType.Null;
        schema.Enum?.Add(JsonNullSentinel.JsonNull);
        return schema;
    }

    public static OpenApiSchema WithDefault(this OpenApiSchema schema, JsonNode? value)
    {
        schema.Default = value;
        return schema;
    }

    private static string? Described(string description) => description.Length > 0 ? description : null;
}
