using System.Text.Json;

namespace Sluice.Destinations.Splunk;

/// <summary>What the HTTP Event Collector says in a body; what it does not say is null.</summary>
/// <param name="Code">Its own code, which tells more than the status.</param>
/// <param name="AckId">Names the request when asking whether it was indexed.</param>
/// <param name="InvalidEvent">Place of the first bad event, counted from 0.</param>
internal sealed record SplunkAnswer(int? Code, long? AckId, int? InvalidEvent)
{
    public static SplunkAnswer Of(string text) => Read(text, root => new SplunkAnswer(
        (int?)Number(root, "code"), Number(root, "ackId"), (int?)Number(root, "invalid-event-number"))) ?? new SplunkAnswer(null, null, null);

    /// <summary>The requests that were indexed, from an answer about acknowledgements.</summary>
    public static IReadOnlyList<long> Indexed(string text) => Read(text, root =>
        root.TryGetProperty("acks", out var acks) && acks.ValueKind == JsonValueKind.Object
            ? acks.EnumerateObject().Where(ack => ack.Value.ValueKind == JsonValueKind.True && long.TryParse(ack.Name, out _)).Select(ack => long.Parse(ack.Name)).ToList()
            : null) ?? [];

    private static T? Read<T>(string text, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static long? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number is >= 0 and <= int.MaxValue ? number : null;
}
