using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Server.Errors;

namespace Sluice.Server.Endpoints;

/// <summary>One of a destination's headers set or removed, all others as they are at that moment: so that callers who add at once lose none of each other's.</summary>
internal static class HeaderChange
{
    /// <param name="given">Members left out stay.</param>
    public static JsonObject Set(DestinationDefinition definition, string name, JsonObject given)
    {
        if (given["name"] is JsonValue other && !(other.TryGetValue(out string? text) && Same(text, name)))
            throw DefinitionException.Value("name", "The header's name is in the path: leave it out of the body, or give the same.");
        var headers = Of(definition);
        var header = Find(headers, name);
        if (header is null) headers.Add(header = new JsonObject { ["name"] = name });
        foreach (var (member, value) in given.Where(member => member.Key != "name")) header[member] = value?.DeepClone();
        return new JsonObject { ["headers"] = headers };
    }

    public static JsonObject Remove(DestinationDefinition definition, string name)
    {
        var headers = Of(definition);
        if (Find(headers, name) is not { } header) throw ApiProblem.NotFound($"header {name} of destination {definition.Id}");
        headers.Remove(header);
        return new JsonObject { ["headers"] = headers };
    }

    private static JsonArray Of(DestinationDefinition definition)
    {
        var shown = new JsonObject();
        definition.ShowSettings(shown, toAdmin: false);
        return shown["headers"]?.DeepClone() as JsonArray
            ?? throw new DefinitionException("unknown_field", "headers", $"Provider {definition.Kind.Name} has no headers.");
    }

    private static JsonObject? Find(JsonArray headers, string name) => headers.OfType<JsonObject>().FirstOrDefault(header => Same((string?)header["name"], name));

    private static bool Same(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
