using System.Text;
using System.Text.Json;

namespace Sluice.Emulators;

/// <summary>Datadog's log intake, version 2, with its limits; what it would lose without a word it counts.</summary>
public sealed class DatadogEmulator(string apiKey, TimeProvider time)
{
    private const int LargestBody = 5_000_000, LargestLog = 1_000_000, MostLogs = 1_000;

    private readonly List<JsonElement> _logs = [];

    public IReadOnlyList<JsonElement> Logs => _logs;

    /// <summary>Logs that it cut, or that came with a time which it does not take.</summary>
    public int Spoilt { get; private set; }

    public Reply Answer(ReceivedRequest request)
    {
        if (request is not { Method: "POST", Path: "/api/v2/logs" }) return Error(404, "Not found");
        if (!request.Headers.TryGetValue("DD-API-KEY", out var key)) return Error(401, "Unauthorized");
        if (key != apiKey) return Error(403, "Forbidden");
        if (request.Headers.GetValueOrDefault("Content-Type") != "application/json") return Error(415, "Unsupported media type");
        if (request.Body.Length > LargestBody) return Error(413, "Payload too big");
        if (Parse(request.Body) is not { Count: <= MostLogs } logs) return Error(400, "Bad request");
        _logs.AddRange(logs);
        Spoilt += logs.Count(IsSpoilt);
        return new Reply(202, "{}");
    }

    private bool IsSpoilt(JsonElement log) =>
        Encoding.UTF8.GetByteCount(log.GetRawText()) > LargestLog
        || (log.TryGetProperty("timestamp", out var timestamp) && time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(timestamp.GetInt64()) > TimeSpan.FromHours(18));

    private static Reply Error(int status, string text) => new(status, $$"""{"errors":[{"status":"{{status}}","title":"{{text}}"}]}""");

    private static List<JsonElement>? Parse(byte[] body)
    {
        try
        {
            var root = JsonDocument.Parse(body).RootElement;
            return root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : [root];
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
