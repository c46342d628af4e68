using System.Text.Json;

namespace Sluice.Emulators;

/// <summary>A receiver written against GitLab's description of streaming: one event a POST, known by its token, its type in a header.</summary>
public sealed class GitLabReceiver(string token)
{
    public Reply Answer(ReceivedRequest request)
    {
        if (request.Method != "POST") return new Reply(405);
        if (request.Headers.GetValueOrDefault("X-Gitlab-Event-Streaming-Token") != token) return new Reply(401, "This is not the token that I know.");
        if (string.IsNullOrEmpty(request.Headers.GetValueOrDefault("X-Gitlab-Audit-Event-Type"))) return new Reply(404, "There is no such type of event.");
        return IsOneObject(request.Body) ? new Reply(200) : new Reply(415, "I take one JSON object.");
    }

    private static bool IsOneObject(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
