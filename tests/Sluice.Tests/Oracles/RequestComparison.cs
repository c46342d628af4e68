using System.Text.Json;
using Sluice.Emulators;

namespace Sluice.Tests.Oracles;

/// <summary>Two requests, taken apart: method, path, query, headers, and every member of a body of JSON.</summary>
internal static class RequestComparison
{
    private const string Absent = "-";

    /// <summary>About the client itself, the connection and the moment, not about what is said. Signatures have tests of their own.</summary>
    private static readonly HashSet<string> Passing = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Content-Length", "Transfer-Encoding", "Accept", "Accept-Encoding", "User-Agent", "x-amz-user-agent", "x-elastic-client-meta", "x-goog-api-client",
        "amz-sdk-invocation-id", "amz-sdk-request", "X-Amz-Date",
    };

    /// <summary>What is not the same, one line each: <c>what: ours | theirs</c>.</summary>
    public static IReadOnlyList<string> Differences(ReceivedRequest ours, ReceivedRequest theirs)
    {
        var (left, right) = (Parts(ours), Parts(theirs));
        return
        [
            .. left.Keys.Union(right.Keys).Order(StringComparer.Ordinal)
                .Select(part => (Part: part, Ours: left.GetValueOrDefault(part, Absent), Theirs: right.GetValueOrDefault(part, Absent)))
                .Where(one => one.Ours != one.Theirs)
                .Select(one => $"{one.Part}: {one.Ours} | {one.Theirs}"),
        ];
    }

    private static Dictionary<string, string> Parts(ReceivedRequest request)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal) { ["method"] = request.Method };
        var target = request.Path.Split('?', 2);
        parts["path"] = target[0];
        foreach (var pair in (target.ElementAtOrDefault(1) ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries)) parts[$"query {pair.Split('=')[0]}"] = Uri.UnescapeDataString(pair.Split('=', 2)[^1]);
        foreach (var (name, value) in request.Headers.Where(header => !Passing.Contains(header.Key))) parts[$"header {name.ToLowerInvariant()}"] = Unsigned(value);
        AddBody(request, parts);
        return parts;
    }

    private static string Unsigned(string value) => value.StartsWith("AWS4-HMAC-SHA256 ", StringComparison.Ordinal) ? $"AWS4 {value.Split('/')[0][34..]}/…/{string.Join('/', value.Split(',')[0].Split('/')[2..])}" : value;

    private static void AddBody(ReceivedRequest request, Dictionary<string, string> parts)
    {
        if (request.Body is not [(byte)'{' or (byte)'[', ..])
        {
            parts["body"] = Convert.ToBase64String(request.Body);
            return;
        }

        var reader = new Utf8JsonReader(request.Body, new JsonReaderOptions { AllowMultipleValues = true });
        for (var i = 0; reader.Read(); i++) AddValue($"{i}", JsonElement.ParseValue(ref reader), parts);
    }

    private static void AddValue(string path, JsonElement value, Dictionary<string, string> parts)
    {
        var members = value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().Select(member => ($"{path}.{member.Name}", member.Value)),
            JsonValueKind.Array => value.EnumerateArray().Select((element, i) => ($"{path}[{i}]", element)),
            _ => null,
        };
        parts[path] = members is null ? Spelled(value) : $"{value.ValueKind}";
        foreach (var (name, member) in members ?? []) AddValue(name, member, parts);
    }

    /// <summary>A string by what it says, however it is escaped.</summary>
    private static string Spelled(JsonElement value) => value.ValueKind == JsonValueKind.String ? $"\"{value.GetString()}\"" : value.GetRawText();
}
