using System.Text.Json;

namespace Sluice.Server.Oidc;

/// <summary>Members of what a provider sends.</summary>
internal static class ClaimReading
{
    /// <returns>Null when it is absent, empty, or no text.</returns>
    public static string? Text(this JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String && text.GetString() is { Length: > 0 } found ? found : null;

    /// <summary>A list of texts, or a single one.</summary>
    /// <returns>Null when it is absent.</returns>
    public static IReadOnlyList<string>? Texts(this JsonElement of, string name)
    {
        if (of.ValueKind != JsonValueKind.Object || !of.TryGetProperty(name, out var value)) return null;
        if (value.ValueKind != JsonValueKind.Array) return value.ValueKind == JsonValueKind.String ? [value.GetString()!] : [];
        return [.. value.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)];
    }

    /// <returns>Whole seconds since 1970; null when it is absent, or no number.</returns>
    public static long? Seconds(this JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && Math.Abs(seconds) < 1e15 ? (long)seconds : null;
}
