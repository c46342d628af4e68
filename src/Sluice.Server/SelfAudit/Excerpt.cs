using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Server.SelfAudit;

/// <summary>
/// The named members of a body, small enough to be kept: long texts end with <c>…</c>, long lists with <c>… 12 more</c>, and what is beyond the bound as a
/// whole is <c>…</c>. Whatever looks like an access key is masked.
/// </summary>
internal sealed class Excerpt
{
    public const string Cut = "…";

    private const int MostText = 256, MostItems = 20, MostDepth = 4, MostBytes = 4_096;

    private int _left = MostBytes;

    private Excerpt()
    {
    }

    /// <param name="members">Names; one with a dot is a member of a member.</param>
    public static JsonObject Of(JsonObject body, IReadOnlyList<string> members)
    {
        var (excerpt, taken) = (new Excerpt(), new JsonObject());
        foreach (var name in members)
        {
            if (Find(body, name.Split('.')) is { } value) taken[name.Replace('.', '_')] = excerpt.Take(value, 1);
        }

        return taken;
    }

    public static string Text(string text, int most)
    {
        var masked = KeyMask.Masked(Clean(text));
        if (masked.Length <= most) return masked;
        return string.Concat(masked.AsSpan(0, char.IsHighSurrogate(masked[most - 1]) ? most - 1 : most), Cut);
    }

    /// <summary>What no event may hold: U+0000 and halves of characters.</summary>
    private static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u001f') && !text.AsSpan().ContainsAnyInRange('\ud800', '\udfff')) return text;
        return string.Concat(text.EnumerateRunes().Select(rune => System.Text.Rune.IsControl(rune) ? " " : rune.ToString()));
    }

    private static JsonNode? Find(JsonObject body, string[] path)
    {
        JsonNode? at = body;
        foreach (var name in path) at = (at as JsonObject)?[name];
        return at;
    }

    private JsonNode? Take(JsonNode? value, int depth)
    {
        if (_left <= 0 || depth > MostDepth) return Cut;
        return value switch
        {
            JsonObject members => Taken(members, depth),
            JsonArray items => Taken(items, depth),
            JsonValue single => Taken(single),
            _ => null,
        };
    }

    private JsonObject Taken(JsonObject members, int depth)
    {
        var taken = new JsonObject();
        foreach (var (name, value) in members.Take(MostItems)) taken[Charge(Text(name, MostText))] = Take(value, depth + 1);
        if (members.Count > MostItems) taken[Cut] = $"{Cut} {members.Count - MostItems} more";
        return taken;
    }

    private JsonArray Taken(JsonArray items, int depth)
    {
        var taken = new JsonArray();
        foreach (var item in items.Take(MostItems)) taken.Add(Take(item, depth + 1));
        if (items.Count > MostItems) taken.Add($"{Cut} {items.Count - MostItems} more");
        return taken;
    }

    /// <summary>A number that an event cannot hold exactly is kept as the text that it was.</summary>
    private JsonNode Taken(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => Charge(Text(value.GetValue<string>(), MostText)),
        _ when value.TryGetValue(out int whole) => whole,
        _ => Charge(Text(value.ToJsonString(), 64)),
    };

    private string Charge(string text)
    {
        _left -= text.Length + 8;
        return text;
    }
}
