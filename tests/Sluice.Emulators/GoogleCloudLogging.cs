using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Emulators;

/// <summary>
/// Google Cloud Logging's <c>entries:write</c> as its reference describes it, behind the token server: limits, partial success by index, and a role that
/// may write entries and nothing else.
/// </summary>
/// <param name="poison">Event ids that it refuses.</param>
public sealed class GoogleCloudLogging(GoogleTokens tokens, Func<DateTimeOffset> now, IReadOnlySet<string> poison)
{
    private const int LargestRequest = 10 * 1024 * 1024;
    private const int LargestEntry = 256 * 1024;

    private readonly List<Written> _stored = [];

    /// <summary>What is in its logs.</summary>
    public IReadOnlyList<Written> Stored => _stored;

    public Reply Answer(ReceivedRequest request)
    {
        if (request.Path == GoogleTokens.Path) return tokens.Answer(request);
        if (request.Path != "/v2/entries:write") return Error(403, "PERMISSION_DENIED", "The caller does not have permission.");
        if (!tokens.Takes(request)) return Error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
        if (request.Method != "POST" || request.Headers["Content-Type"] != "application/json") return Error(400, "INVALID_ARGUMENT", "I take JSON by POST.");
        if (request.Body.Length > LargestRequest) return Error(400, "INVALID_ARGUMENT", "Request payload size exceeds the limit: 10485760 bytes.");
        return Write(JsonNode.Parse(request.Body)!.AsObject());
    }

    private Reply Write(JsonObject body)
    {
        if (body.Any(member => member.Key is not ("logName" or "resource" or "labels" or "partialSuccess" or "entries" or "dryRun")))
            return Error(400, "INVALID_ARGUMENT", "Invalid JSON payload received. Unknown name.");
        var log = (string?)body["logName"];
        if (log is null || log.Split('/') is not ["projects", _, "logs", { Length: > 0 }]) return Error(400, "INVALID_ARGUMENT", "Log name is invalid.");
        if ((string?)body["resource"]?["type"] is null) return Error(400, "INVALID_ARGUMENT", "A resource is required.");
        var entries = body["entries"]!.AsArray().Select(entry => entry!.AsObject()).ToList();
        var problems = entries.Select((entry, index) => (Index: index, Problem: Problem(entry))).Where(pair => pair.Problem is not null).ToDictionary(pair => pair.Index, pair => pair.Problem!);
        var isPartial = (bool?)body["partialSuccess"] ?? false;
        if (problems.Count == 0 || isPartial) Store(log, entries.Where((_, index) => !problems.ContainsKey(index)));
        return problems.Count == 0 ? new Reply(200, "{}") : Errors(problems, isPartial);
    }

    private string? Problem(JsonObject entry)
    {
        if (entry.Any(member => member.Key is not ("insertId" or "timestamp" or "severity" or "labels" or "jsonPayload" or "textPayload"))) return "Unknown name in the entry.";
        if (entry.ContainsKey("jsonPayload") == entry.ContainsKey("textPayload")) return "An entry has one payload.";
        if (Encoding.UTF8.GetByteCount(entry.ToJsonString()) > LargestEntry) return "Log entry with size above the maximum of 256.0K.";
        if (Time(entry) > now().AddDays(1)) return "Log entry timestamp is too far in the future.";
        return poison.Contains((string?)entry["jsonPayload"]?["id"] ?? "") ? "I do not like this entry." : null;
    }

    /// <summary>What is older than the bucket keeps is taken without a word, and is nowhere.</summary>
    private void Store(string log, IEnumerable<JsonObject> entries) => _stored.AddRange(entries
        .Where(entry => Time(entry) > now().AddDays(-30))
        .Select(entry => new Written(log, (string?)entry["insertId"], entry)));

    private DateTimeOffset Time(JsonObject entry) => (string?)entry["timestamp"] is { } text
        ? DateTimeOffset.Parse(text[..19] + "Z", CultureInfo.InvariantCulture)
        : now();

    private static Reply Errors(Dictionary<int, string> problems, bool isPartial)
    {
        var errors = new JsonObject(problems.Select(problem =>
            KeyValuePair.Create(problem.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)new JsonObject { ["code"] = 3, ["message"] = problem.Value })));
        var details = new JsonObject { ["@type"] = "type.googleapis.com/google.logging.v2.WriteLogEntriesPartialErrors", ["logEntryErrors"] = errors };
        return Error(400, "INVALID_ARGUMENT", problems.Values.First(), isPartial ? details : null);
    }

    private static Reply Error(int status, string name, string message, JsonObject? details = null)
    {
        var error = new JsonObject { ["code"] = status, ["message"] = message, ["status"] = name };
        if (details is not null) error["details"] = new JsonArray(details);
        return new Reply(status, new JsonObject { ["error"] = error }.ToJsonString());
    }

    /// <param name="Log">The log's name, as it was written.</param>
    public sealed record Written(string Log, string? InsertId, JsonObject Entry);
}
