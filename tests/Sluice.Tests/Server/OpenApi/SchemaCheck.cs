using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Tests.Server.OpenApi;

/// <summary>As much of JSON Schema as the description uses; objects have no members but the described ones unless they are open.</summary>
internal sealed class SchemaCheck(JsonNode document)
{
    public IEnumerable<string> Faults(JsonNode? value, JsonNode schema, string path)
    {
        if (schema["$ref"] is { } reference) return Faults(value, reference.GetValue<string>()[2..].Split('/').Aggregate(document, (node, name) => node[name]!), path);
        if (schema["oneOf"] is JsonArray choices)
        {
            var each = choices.Select(choice => Faults(value, choice!, path).ToList()).ToList();
            return each.Any(faults => faults.Count == 0) ? [] : each.MinBy(faults => faults.Count)!;
        }

        if (!IsOfType(value, schema["type"])) return [$"{path} is {value?.ToJsonString() ?? "null"} and not {schema["type"]?.ToJsonString()}"];
        if (value is not null && schema["enum"] is JsonArray known && !known.Any(one => JsonNode.DeepEquals(one, value))) return [$"{path} is {value.ToJsonString()}"];
        return value switch
        {
            JsonObject members => OfObject(members, schema, path),
            JsonArray items when schema["items"] is { } item => items.SelectMany((one, index) => Faults(one, item, $"{path}[{index}]")),
            _ => [],
        };
    }

    private IEnumerable<string> OfObject(JsonObject members, JsonNode schema, string path)
    {
        if (schema["properties"] is not JsonObject known) yield break;
        foreach (var name in schema["required"]?.AsArray().Select(name => name!.GetValue<string>()) ?? [])
        {
            if (!members.ContainsKey(name)) yield return $"{path}.{name} is missing";
        }

        foreach (var (name, value) in members)
        {
            if (known[name] is { } described)
            {
                foreach (var fault in Faults(value, described, $"{path}.{name}")) yield return fault;
            }
            else if (schema["additionalProperties"] is null)
            {
                yield return $"{path}.{name} is not described";
            }
        }
    }

    private static bool IsOfType(JsonNode? value, JsonNode? type) => type switch
    {
        null => true,
        JsonArray types => types.Any(one => IsOfType(value, one)),
        _ => (type.GetValue<string>(), value?.GetValueKind() ?? JsonValueKind.Null) is
            ("null", JsonValueKind.Null) or ("string", JsonValueKind.String) or ("integer", JsonValueKind.Number) or ("object", JsonValueKind.Object) or
            ("array", JsonValueKind.Array) or ("boolean", JsonValueKind.True or JsonValueKind.False),
    };
}
