using System.Text.Json.Nodes;
using Sluice.Destinations.Http;

namespace Sluice.Server.Dialects.GitLab.Streams;

/// <summary>One of a destination's headers added, changed or removed, by GitLab's rules; all others as they are at that moment.</summary>
internal sealed class HeaderEdit
{
    private const int LongestKey = 255, LongestValue = 2_000;

    private readonly GitLabStream _stream;
    private readonly JsonArray _headers;

    public HeaderEdit(GitLabStream stream) => (_stream, _headers) = (stream, (stream.Definition.Whole["headers"]?.DeepClone() as JsonArray) ?? []);

    public JsonObject Add(string key, string value, bool isActive)
    {
        if (_headers.Count >= CustomHeaders.Most) throw new PayloadException($"Headers are limited to {CustomHeaders.Most} per destination");
        Refuse([.. KeyProblems(key), .. ValueProblems(value)], null);
        _headers.Add(new JsonObject { ["name"] = key, ["value"] = value, ["active"] = isActive });
        return new JsonObject { ["headers"] = _headers };
    }

    /// <param name="name">The header's name now.</param>
    /// <param name="key">Null: it keeps its name. The same holds for the others.</param>
    public JsonObject Change(string name, string? key, string? value, bool? isActive)
    {
        var header = Find(name) ?? throw GitLabStreams.Unavailable();
        var isRenamed = key is not null && !Same(key, name);
        Refuse([.. isRenamed ? KeyProblems(key!) : [], .. value is null ? [] : ValueProblems(value)], _stream.Headers.First(other => Same(other.Key, name)));
        if (key is not null) header["name"] = key;
        if (value is not null) header["value"] = value;
        if (isActive is not null) header["active"] = isActive;
        return new JsonObject { ["headers"] = _headers };
    }

    public JsonObject Remove(string name)
    {
        _headers.Remove(Find(name) ?? throw GitLabStreams.Unavailable());
        return new JsonObject { ["headers"] = _headers };
    }

    private IEnumerable<string> KeyProblems(string key)
    {
        if (string.IsNullOrWhiteSpace(key)) yield return "Key can't be blank";
        if (key.Length > LongestKey) yield return $"Key is too long (maximum is {LongestKey} characters)";
        if (Same(key, GitLabTexts.TokenHeader)) yield return $"Key cannot be {GitLabTexts.TokenHeader}";
        if (Find(key) is not null) yield return "Key has already been taken";
    }

    private static IEnumerable<string> ValueProblems(string value)
    {
        if (string.IsNullOrWhiteSpace(value)) yield return "Value can't be blank";
        if (value.Length > LongestValue) yield return $"Value is too long (maximum is {LongestValue} characters)";
    }

    private static void Refuse(IReadOnlyList<string> problems, GitLabHeader? unchanged)
    {
        if (problems.Count > 0) throw new PayloadException(problems, unchanged);
    }

    private JsonObject? Find(string name) => _headers.OfType<JsonObject>().FirstOrDefault(header => Same((string)header["name"]!, name));

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
