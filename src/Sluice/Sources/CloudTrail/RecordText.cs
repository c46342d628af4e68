using System.Text.Json;

namespace Sluice.Sources.CloudTrail;

/// <summary>Texts of a record. Empty ones and values of other kinds count as absent: CloudTrail writes <c>""</c> and <c>null</c> for what it does not know.</summary>
internal static class RecordText
{
    public static string? Text(this JsonElement parent, string name) =>
        parent.Member(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    public static JsonElement? Member(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : null;

    public static JsonElement? Member(this JsonElement? parent, string name) => parent?.Member(name);

    public static string? Text(this JsonElement? parent, string name) => parent?.Text(name);
}
