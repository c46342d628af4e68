using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Sluice.Delivery.Definitions;
using Sluice.Destinations.Http;
using Sluice.Secrets;

namespace Sluice.Server.OpenApi;

/// <summary>One member of a destination's settings as a JSON schema, from its type, its description and its default.</summary>
internal static class MemberSchema
{
    public static IOpenApiSchema Of(SettingsSchema.Member member)
    {
        var type = Nullable.GetUnderlyingType(member.Type) ?? member.Type;
        var schema = type switch
        {
            _ when type == typeof(Secret) => Credential(member.Description),
            _ when type == typeof(CustomHeaders) => Headers(member.Description),
            _ when type == typeof(bool) => Schema.Flag(member.Description),
            _ when type == typeof(int) || type == typeof(long) => Schema.Whole(member.Description),
            _ when type == typeof(IReadOnlyList<string>) => Schema.List(member.Description, Schema.Text("")),
            { IsEnum: true } => Schema.OneOf(member.Description, Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)),
            _ => Schema.Text(member.Description),
        };
        if (member.Default is { } standard and not JsonArray) schema.Default = standard;
        return member.IsRequired || member.Default is not null ? schema : schema.OrNull();
    }

    private static OpenApiSchema Credential(string description)
    {
        var schema = Schema.Text(description);
        (schema.Format, schema.WriteOnly) = ("password", true);
        return schema;
    }

    private static OpenApiSchema Headers(string description) => Schema.List(
        description,
        Schema.Object("", [.. HeaderMembers()]).Requires("name"),
        most: CustomHeaders.Most);

    /// <summary>The name first.</summary>
    public static IEnumerable<(string Name, IOpenApiSchema Schema)> HeaderMembers() =>
    [
        ("name", Schema.Text("")),
        ("value", Schema.Text("Null in answers when it is secret. Left out or null in an update: the value stays.").OrNull()),
        ("active", Schema.Flag("Whether it is sent.").WithDefault(true)),
        ("secret", Schema.Flag("Whether the value is write-only; by default when the name holds auth, token, key, secret or cookie.")),
    ];
}
