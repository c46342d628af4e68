using System.Text.Json.Nodes;

namespace Sluice.SelfAudit;

/// <summary>Keeps Sluice's own events within what an event may be, so that none of them is refused: what is left out is marked by <c>…</c>.</summary>
internal static class WithinBounds
{
    /// <summary>Bytes of a spelled event; its canonical form is about as long, and 256 KiB at most.</summary>
    public const int MostBytes = 200_000;

    private const string Cut = "…";
    private const int MostText = 1_024, MostItems = 20;

    /// <summary>A copy with long texts and lists cut.</summary>
    public static JsonNode? Shortened(JsonNode? value) => value switch
    {
        JsonObject members => Shortened(members),
        JsonArray items => Shortened(items),
        JsonValue single when single.TryGetValue(out string? text) && text.Length > MostText => Shortened(text),
        _ => value?.DeepClone(),
    };

    /// <summary>U+0000, which no event may hold, becomes U+FFFD.</summary>
    /// <param name="json">Its strings have U+0000 as an escape.</param>
    public static byte[] WithoutNul(byte[] json)
    {
        if (json.AsSpan().IndexOf("\\u0000"u8) < 0) return json;
        for (var at = 0; at < json.Length; at++)
        {
            if (json[at] != '\\') continue;
            if (json.AsSpan(at + 1).StartsWith("u0000"u8)) "fffd"u8.CopyTo(json.AsSpan(at + 2));
            at++;
        }

        return json;
    }

    private static JsonObject Shortened(JsonObject members)
    {
        var copy = new JsonObject();
        foreach (var (name, value) in members) copy[name] = Shortened(value);
        return copy;
    }

    private static JsonArray Shortened(JsonArray items)
    {
        var copy = new JsonArray([.. items.Take(MostItems).Select(Shortened)]);
        if (items.Count > MostItems) copy.Add($"{Cut} {items.Count - MostItems} more");
        return copy;
    }

    private static string Shortened(string text) => string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[MostText - 1]) ? MostText - 1 : MostText), Cut);
}
