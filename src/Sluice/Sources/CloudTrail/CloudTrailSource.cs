using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sluice.Events;

namespace Sluice.Sources.CloudTrail;

/// <summary>Records of AWS CloudTrail. Every member of a record is in its event, under the event's own names or in <c>metadata</c>.</summary>
/// <param name="tenant">Whose events they are; null leaves that to the key.</param>
internal sealed class CloudTrailSource(string? tenant) : IEventSource
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 512 };
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public Refusal? Write(ReadOnlyMemory<byte> record, long number, ArrayBufferWriter<byte> output)
    {
        try
        {
            using var document = JsonDocument.Parse(record, Reading);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return new Refusal(RefusalCode.InvalidType, null, "A CloudTrail record is a JSON object.");
            if (Missing(root) is { } missing) return new Refusal(RefusalCode.MissingField, missing, $"'{missing}' is missing: this is no CloudTrail record.");
            using var writer = new Utf8JsonWriter(output, Writing);
            Event(writer, root, root.Text("eventID") ?? MadeId.Of(record.Span, number));
            return null;
        }
        catch (JsonException problem)
        {
            return new Refusal(RefusalCode.InvalidJson, null, JsonProblem.Reason(problem));
        }
        catch (InvalidOperationException)
        {
            return new Refusal(RefusalCode.InvalidString, null, "A string holds half of a surrogate pair, which is no character.");
        }
    }

    private static string? Missing(JsonElement record) => Array.Find(["eventSource", "eventName", "eventTime"], name => record.Text(name) is null);

    private void Event(Utf8JsonWriter writer, JsonElement record, string id)
    {
        var source = record.Text("eventSource")!;
        writer.WriteStartObject();
        writer.WriteString("id"u8, id);
        writer.WriteString("timestamp"u8, record.Text("eventTime"));
        Text(writer, "tenant_id", tenant);
        writer.WriteString("action"u8, CloudTrailAction.Of(source, record.Text("eventName")!));
        writer.WriteString("outcome"u8, CloudTrailOutcome.Of(record));
        writer.WriteString("service"u8, CloudTrailAction.Service(source));
        Actor(writer, CloudTrailActor.Of(record, source));
        if (CloudTrailResource.Of(record, CloudTrailAction.Service(source)) is { } resource) Resource(writer, resource);
        Text(writer, "source_ip", record.Text("sourceIPAddress"));
        Text(writer, "user_agent", record.Text("userAgent"));
        Text(writer, "api_key_id", record.Member("userIdentity").Text("accessKeyId"));
        Text(writer, "request_id", record.Text("requestID"));
        CloudTrailMetadata.Write(writer, record);
        writer.WriteEndObject();
    }

    private static void Actor(Utf8JsonWriter writer, CloudTrailActor actor)
    {
        writer.WriteStartObject("actor"u8);
        writer.WriteString("type"u8, actor.Type);
        writer.WriteString("id"u8, actor.Id);
        Text(writer, "name", actor.Name);
        writer.WriteEndObject();
    }

    private static void Resource(Utf8JsonWriter writer, CloudTrailResource resource)
    {
        writer.WriteStartObject("resource"u8);
        Text(writer, "type", resource.Type);
        writer.WriteString("id"u8, resource.Id);
        writer.WriteString("name"u8, resource.Name);
        writer.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null) writer.WriteString(name, value);
    }
}
