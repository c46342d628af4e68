using System.Buffers;
using System.Text;
using System.Text.Json;
using Sluice.Events;
using Sluice.Sources;
using Sluice.Sources.CloudTrail;

namespace Sluice.Tests.Sources.CloudTrail;

/// <summary>Records on their way to events.</summary>
internal static class Mapped
{
    /// <summary>A record with what every record has; <paramref name="members"/> come on top.</summary>
    public static string Record(string members = "") =>
        $$"""{"eventSource":"iam.amazonaws.com","eventName":"CreateUser","eventTime":"2026-03-15T08:42:17Z","eventID":"7f3c"{{(members.Length > 0 ? "," + members : "")}}}""";

    public static JsonElement Event(string record, string? tenant = null)
    {
        var (text, refusal) = Write(new CloudTrailSource(tenant), record);
        Assert.Null(refusal);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public static (string Text, Refusal? Refusal) Write(IEventSource source, string record, long number = 1)
    {
        var output = new ArrayBufferWriter<byte>();
        var refusal = source.Write(Encoding.UTF8.GetBytes(record), number, output);
        return (Encoding.UTF8.GetString(output.WrittenSpan), refusal);
    }

    /// <summary>A member by path; null when absent.</summary>
    public static string? At(this JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return null;
        }

        return element.ValueKind == JsonValueKind.String ? element.GetString() : element.GetRawText();
    }
}
