using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sluice.Secrets;

namespace Sluice.Destinations.Http;

/// <summary>Reads <c>[{name, value, active, secret}]</c> and writes it without the values of secret headers.</summary>
internal sealed class CustomHeadersConverter : JsonConverter<CustomHeaders>
{
    /// <summary>Stands for a value that was not given; no real value has a control character.</summary>
    public const string NoValue = "\0";

    public override CustomHeaders Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (JsonNode.Parse(ref reader) is not JsonArray array) throw new JsonException("Expected a list of {name, value, active, secret}.");
        if (array.Count > CustomHeaders.Most) throw new JsonException($"There are at most {CustomHeaders.Most} headers.");
        var headers = array.Select(Header).ToList();
        if (headers.GroupBy(header => header.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new JsonException($"Header {twice.Key} is there twice.");
        return new CustomHeaders(headers);
    }

    public override void Write(Utf8JsonWriter writer, CustomHeaders headers, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var header in headers.All)
        {
            writer.WriteStartObject();
            writer.WriteString("name", header.Name);
            writer.WriteString("value", header.IsSecret ? null : header.Value.Reveal());
            writer.WriteBoolean("active", header.IsActive);
            writer.WriteBoolean("secret", header.IsSecret);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static CustomHeader Header(JsonNode? node)
    {
        if (node is not JsonObject members) throw new JsonException("Expected {name, value, active, secret}.");
        if (members.FirstOrDefault(member => member.Key is not ("name" or "value" or "active" or "secret")).Key is { } unknown)
            throw new JsonException($"A header has no member {unknown}.");
        var name = Member<string>(members, "name") ?? throw new JsonException("A header needs a name.");
        if (!CustomHeader.IsName(name)) throw new JsonException("A header's name has letters, digits and -, and no line breaks or blanks.");
        if (CustomHeader.IsReserved(name)) throw new JsonException($"Header {name} belongs to the connection or the signature and cannot be set.");
        var value = Member<string>(members, "value");
        if (value is Secret.Mask) value = null;
        if (value is not null && !CustomHeader.IsValue(value)) throw new JsonException($"The value of header {name} must be printable ASCII without line breaks.");
        return new CustomHeader(
            name, new Secret(value ?? NoValue), Member<bool?>(members, "active") ?? true, Member<bool?>(members, "secret") ?? CustomHeader.SoundsSecret(name));
    }

    private static T? Member<T>(JsonObject members, string name)
    {
        if (members[name] is not { } node) return default;
        return node is JsonValue value && value.TryGetValue(out T? given) ? given : throw new JsonException($"A header's {name} has the wrong type.");
    }
}
