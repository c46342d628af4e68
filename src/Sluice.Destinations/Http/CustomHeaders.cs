using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sluice.Delivery.Definitions;

namespace Sluice.Destinations.Http;

/// <summary>The headers that a user adds to every request: at most 20, each name once.</summary>
[JsonConverter(typeof(CustomHeadersConverter))]
public sealed class CustomHeaders(IReadOnlyList<CustomHeader> headers) : IPartlySecret
{
    public const int Most = 20;

    public static CustomHeaders None { get; } = new([]);

    public IReadOnlyList<CustomHeader> All { get; } = headers;

    public IEnumerable<CustomHeader> Active => All.Where(header => header.IsActive);

    public IEnumerable<string> Secrets => All.Where(header => header.IsSecret).SelectMany(header => WithoutScheme(header.Value.Reveal()));

    /// <summary>A secret header without a value keeps the one it had.</summary>
    public IPartlySecret Over(IPartlySecret? previous) => new CustomHeaders([.. All.Select(header => Complete(header, previous as CustomHeaders))]);

    public JsonNode Whole() => new JsonArray([.. All.Select(header => new JsonObject
    {
        ["name"] = header.Name,
        ["value"] = header.Value.Reveal(),
        ["active"] = header.IsActive,
        ["secret"] = header.IsSecret,
    })]);

    /// <summary>Sets the active ones. One that is there already is replaced instead of being sent twice.</summary>
    internal void AddTo(HttpRequestMessage request)
    {
        foreach (var header in Active)
        {
            HttpHeaders? headers = CustomHeader.IsOfContent(header.Name) ? request.Content?.Headers : request.Headers;
            headers?.Remove(header.Name);
            headers?.TryAddWithoutValidation(header.Name, header.Value.Reveal());
        }
    }

    private static CustomHeader Complete(CustomHeader header, CustomHeaders? previous)
    {
        if (header.Value.Reveal() != CustomHeadersConverter.NoValue) return header;
        var before = previous?.All.FirstOrDefault(other => other.Name.Equals(header.Name, StringComparison.OrdinalIgnoreCase))
            ?? throw new DefinitionException("missing_field", "headers", $"Header {header.Name} needs a value.");
        return header with { Value = before.Value, IsSecret = header.IsSecret || before.IsSecret };
    }

    /// <summary>"Bearer abc" is a secret because of "abc".</summary>
    private static IEnumerable<string> WithoutScheme(string value) =>
        value.IndexOf(' ') is > 0 and var blank ? [value, value[(blank + 1)..]] : [value];
}
