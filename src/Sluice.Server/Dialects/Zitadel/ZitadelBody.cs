using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Events;
using Sluice.Server.Endpoints;
using Sluice.Server.Errors;

namespace Sluice.Server.Dialects.Zitadel;

/// <summary>
/// The members of a request as gRPC's gateway reads them: by either of their names (<c>event_types</c>, <c>eventTypes</c>), numbers quoted or not, null for
/// what is not set. One that the call does not have is refused, so that a misspelled filter cannot pass for none.
/// </summary>
internal sealed class ZitadelBody
{
    /// <summary>Longest text, in UTF-8 bytes, and longest list.</summary>
    private const int LongestText = 1_200, LongestList = 500;

    private readonly Dictionary<string, JsonNode> _members = new(StringComparer.Ordinal);
    private readonly string _path;

    private ZitadelBody(JsonObject body, string path, params ReadOnlySpan<string> known)
    {
        _path = path;
        foreach (var (name, value) in body)
        {
            var own = CamelCase(name);
            if (!known.Contains(own)) throw Wrong("unknown_field", path + name, $"is not a member here; there are {string.Join(", ", known!)}");
            if (value is not null && !_members.TryAdd(own, value)) throw Wrong("duplicate_member", path + name, "appears twice");
        }
    }

    /// <param name="known">By the names that protocol buffers give them in JSON.</param>
    public static async Task<ZitadelBody> ReadAsync(HttpContext context, params string[] known) => new(await JsonObjectBody.ReadOptionalAsync(context), "", known);

    public string? Text(string name) => _members.TryGetValue(name, out var value) ? TextOf(value, _path + name) : null;

    /// <summary>Empty when it is not set.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (!_members.TryGetValue(name, out var value)) return [];
        if (value is not JsonArray list) throw Wrong("invalid_type", _path + name, "must be a list of strings");
        if (list.Count > LongestList) throw Wrong("too_large", _path + name, $"may have {LongestList} elements at most");
        return [.. list.Select((element, at) => TextOf(element, $"{_path}{name}[{at}]") ?? throw Wrong("invalid_type", $"{_path}{name}[{at}]", "must not be empty")).Distinct(StringComparer.Ordinal)];
    }

    public bool Flag(string name) => _members.TryGetValue(name, out var value) && value.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong("invalid_type", _path + name, "must be true or false"),
    };

    public ulong? Number(string name, ulong most)
    {
        if (!_members.TryGetValue(name, out var value)) return null;
        var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw Wrong("invalid_type", _path + name, $"must be a whole number from 0 to {most}");
    }

    /// <summary>Nanoseconds since 1970.</summary>
    public long? Time(string name)
    {
        if (Text(name) is not { } text) return null;
        return Timestamp.TryParse(text, out var time) ? time : throw Wrong("invalid_time", _path + name, "must be a time such as 2026-03-15T08:42:17.123456Z");
    }

    public ZitadelBody? Object(string name, params ReadOnlySpan<string> known)
    {
        if (!_members.TryGetValue(name, out var value)) return null;
        return value is JsonObject members ? new ZitadelBody(members, $"{_path}{name}.", known) : throw Wrong("invalid_type", _path + name, "must be an object");
    }

    public static ApiProblem Wrong(string code, string field, string what) => new(400, code, $"'{field}' {what}.") { Field = field };

    private static string? TextOf(JsonNode? value, string path)
    {
        if (value?.GetValueKind() != JsonValueKind.String) throw Wrong("invalid_type", path, "must be a string");
        var text = value.GetValue<string>();
        if (Encoding.UTF8.GetByteCount(text) > LongestText) throw Wrong("too_large", path, "is too long");
        return text.Length == 0 ? null : text;
    }

    private static string CamelCase(string name)
    {
        var camel = new StringBuilder(name.Length);
        for (var at = 0; at < name.Length; at++) camel.Append(name[at] == '_' && at + 1 < name.Length ? char.ToUpperInvariant(name[++at]) : name[at]);
        return camel.ToString();
    }
}
